import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import { whichItemCard } from '../../src/steering/agenda/document-card.ts';
import { parseDocumentLink } from '../../src/steering/agenda/input.ts';
import { isSettled } from '../../src/steering/meeting/proceedings.ts';
import type { Reading } from '../../src/steering/reading.ts';
import { hasAgenda, keepersOf } from '../../src/steering/rights.ts';
import { hasDocument, isFinished } from '../../src/steering/standing.ts';
import { type AgendaPages, type AgendaParts, agendaData, itemId } from './agenda-pages.ts';
import type { ReceivedFile } from './feature.ts';
import { type Press, verb } from './verb.ts';

type DocumentParts = Pick<AgendaParts, 'steering' | 'directory' | 'filePrint' | 'documentPasses'> & {
  pages: AgendaPages;
};

/**
 * The plan or the report that a body approves, sent to the bot by who keeps its agenda: of the file itself nothing is kept. It
 * is read first, and then asked which item it is of.
 */
export function createDocuments({ steering, directory, filePrint, documentPasses, pages }: DocumentParts) {
  /** The agendas that grow or are out, of those that the sender keeps; null when they keep none. */
  async function keptBy({ actor }: Press): Promise<Reading[] | null> {
    const region = directory.require(actor.tenant);
    const bodies = region.bodies.filter(
      (body) =>
        hasAgenda(body) &&
        !body.closed &&
        membershipIn(actor, body.id) &&
        keepersOf(body.id, region).includes(actor.person),
    );
    if (bodies.length === 0) return null;
    const latest = await Promise.all(bodies.map(({ id }) => steering.latest(actor, id)));
    return latest.flatMap(([newest]) => newest ?? []);
  }

  return {
    /**
     * Errors: `agenda.documentPrivately`, `agenda.documentOne`, `agenda.documentNoItem`, `agenda.documentFixed`,
     * `agenda.documentLink`, and those of {@link FilePrint}.
     */
    async received(press: Press, files: readonly ReceivedFile[]): Promise<Card | null> {
      const { actor } = press;
      const readings = await keptBy(press);
      if (!readings) return null;
      if (press.reference.kind !== 'personal') throw new AppError('agenda.documentPrivately');
      const [file, ...others] = files;
      if (!file || others.length > 0) throw new AppError('agenda.documentOne');
      const scene = pages.sceneOf(press, {});
      const all = readings
        .filter(({ sitting }) => !isFinished(sitting, scene.now))
        .flatMap((reading) => reading.items.map((item) => ({ reading, item })))
        .filter(({ item }) => hasDocument(item) && item.state.is === 'accepted');
      if (all.length === 0) throw new AppError('agenda.documentNoItem');
      const open = all.filter(({ reading, item }) => !isSettled(reading.sitting, item.id));
      if (open.length === 0) throw new AppError('agenda.documentFixed');
      const link = parseDocumentLink(file.link);
      if (!link.ok) throw new AppError('agenda.documentLink');
      const sha256 = await filePrint(file.address);
      const { tenant, person } = actor;
      const pass = documentPasses.issue({ tenant, person, sha256, link: link.value });
      return whichItemCard(open, { sha256, pass }, scene);
    },

    verb: verb({
      input: agendaData.extend({ item: itemId, document: z.string().max(4_000) }),
      audience: 'keepers of the agenda',
      async run(press, { item, document, ...data }) {
        const { actor, texts } = press;
        const opened = documentPasses.open(document);
        if (!opened.ok || opened.pass.tenant !== actor.tenant || opened.pass.person !== actor.person)
          return pages.refused(press, data, new AppError('agenda.documentForgotten'), { item });
        const { sha256, link } = opened.pass;
        const said = { tone: 'good', text: texts('agenda.said.document') } as const;
        return pages.act(press, data, { do: 'document', item, sha256, link }, { item, said });
      },
    }),
  };
}
