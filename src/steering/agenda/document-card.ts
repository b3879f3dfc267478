import {
  actionRow,
  button,
  type Card,
  type CardElement,
  card,
  container,
  heading,
  link,
  subtle,
  text,
  withoutMarkdown,
} from '../../cards/elements.ts';
import { personName } from '../../directory/colleague-card.ts';
import type { ItemDocument } from '../model.ts';
import type { ReadItem, Reading } from '../reading.ts';
import { type AgendaScene, bodyName, dataOf, holdingText, momentText, titleOf } from '../words-card.ts';

/** The document that an item is to approve. */

/** Whose it is and where it lies, with its whole fingerprint: a phone shows no tooltip, and a part of one proves nothing. */
export function documentLines({ document }: Pick<ReadItem, 'document'>, scene: AgendaScene): CardElement[] {
  if (!document) return [];
  const { texts, directory } = scene;
  const name = personName(directory, document.by, texts);
  return [
    text(texts('agenda.document.title'), { size: 'Small', weight: 'Bolder' }),
    { ...text(texts('agenda.document.sent', { name, when: momentText(document.at, scene) })), spacing: 'None' },
    printLine(document, scene),
    actionRow([link(texts('agenda.document.open'), document.link)]),
  ];
}

function printLine({ sha256 }: Pick<ItemDocument, 'sha256'>, { texts }: AgendaScene): CardElement {
  return subtle(texts('agenda.document.print', { sha256 }));
}

/** An item that a document which was sent in may be of. */
export interface DocumentChoice {
  reading: Reading;
  item: ReadItem;
}

/** Asks which item it is the document of; `pass` is the document, sealed. */
export function whichItemCard(
  choices: readonly DocumentChoice[],
  { sha256, pass }: Pick<ItemDocument, 'sha256'> & { pass: string },
  scene: AgendaScene,
): Card {
  const { texts } = scene;
  const title = texts('agenda.document.which');
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      printLine({ sha256 }, scene),
      ...choices.map(({ reading: { sitting }, item }) => {
        const data = { ...dataOf(sitting, scene), item: item.id, document: pass };
        const choose = button(texts('agenda.document.choose'), 'agenda.document', data, {
          primary: choices.length === 1,
          inWords: texts('agenda.document.chooseWords', { title: titleOf(item, scene) }),
        });
        return container(
          [
            text(withoutMarkdown(titleOf(item, scene)), { weight: 'Bolder' }),
            subtle(`${bodyName(sitting, scene)} · ${holdingText(sitting, scene)}`),
            ...(item.document ? [subtle(texts('agenda.document.replaces'))] : []),
            actionRow([choose]),
          ],
          { separator: true },
        );
      }),
    ],
  });
}
