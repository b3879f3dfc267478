import { button, type CardAction } from '../../cards/elements.ts';
import { bodyOf } from '../../directory/model.ts';
import { inTheirs, type Localised, type languages } from '../../shared/language.ts';
import { textsFor } from '../../shared/text.ts';
import type { Task } from '../../tasks/card.ts';
import type { OpenAction } from '../reading.ts';
import { type AgendaScene, dataOf, titleOf } from '../words-card.ts';
import { heldBy } from './proceedings.ts';

/** What a body has settled that somebody does, as it stands among their tasks. */
export function taskOf({ sitting, item, action }: OpenAction, scene: AgendaScene): Task {
  const localised = (say: (language: (typeof languages)[number]) => string): Localised => ({
    sv: say('sv'),
    fi: say('fi'),
    en: say('en'),
  });
  const data = { ...dataOf(sitting, scene), item: item.id };
  const body = bodyOf(scene.directory, sitting.body)?.name;
  const actions: readonly CardAction[] = [
    button(scene.texts('sitting.action.done'), 'sitting.done', { ...data, action: action.id }),
    button(scene.texts('list.open'), 'sitting.view', data),
  ];
  return {
    text: localised((language) => inTheirs(action.text, language)?.text ?? ''),
    of: localised((language) => `${titleOf(item, { texts: textsFor(language) })} · ${body?.[language] ?? ''}`),
    about: null,
    due: heldBy(action).due,
    actions,
  };
}
