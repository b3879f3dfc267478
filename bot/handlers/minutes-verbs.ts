import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { emptyForm, filledForm } from '../../src/cards/form.ts';
import { plainCard, privatelyCard } from '../../src/conversations/card.ts';
import { whichToReadCard } from '../../src/directory/choice-card.ts';
import { AppError } from '../../src/shared/errors.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { passMinutes } from '../../src/shared/sealed.ts';
import { filesCard, minutesListCard } from '../../src/steering/minutes/card.ts';
import { correctForm, furtherThan, newerCorrection } from '../../src/steering/minutes/form.ts';
import { parseCorrection } from '../../src/steering/minutes/input.ts';
import {
  isCommented,
  type ReadMinutes,
  requireCorrectable,
  rewordedAfter,
  stateOf,
} from '../../src/steering/minutes/minutes.ts';
import { layouts } from '../../src/steering/minutes/paper.ts';
import type { MadeMinutes } from '../../src/steering/minutes/service.ts';
import { minutesLimits } from '../../src/steering/model.ts';
import { againWith } from '../../src/steering/newer-card.ts';
import { readerOf } from '../../src/steering/rights.ts';
import { isElsewhere } from '../../src/steering/written.ts';
import { type AgendaPages, type AgendaParts, agendaData, longText, page, refOf } from './agenda-pages.ts';
import { command } from './command.ts';
import { minutesChecking } from './minutes-checking.ts';
import { createMinutesPages, type MinutesParts, ofVersion, versionNumber } from './minutes-pages.ts';
import { keeper } from './sitting-pages.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

/** What is kept of a meeting: its minutes are made, checked, put right, read and taken out. */
export function minutesVerbs(parts: AgendaParts & MinutesParts & { pages: AgendaPages }): VerbsOf<'minutes'> {
  const { minutes, steering, directory, fileLink } = parts;
  const { sceneOf, bodiesOf } = parts.pages;
  const minutesPages = createMinutesPages(parts);
  const { drawn, refused, stepOf, opened, sentIn, asKeeper, atForm, good } = minutesPages;

  const correctedText = (press: Press, { came, ...read }: MadeMinutes): string => {
    const { texts } = press;
    if (read.version.final) return texts('minutes.said.alreadyCorrected');
    if (came !== 'unchanged') return texts('minutes.said.corrected');
    return texts('minutes.said.sameCorrection', { action: texts('minutes.action.reword') });
  };
  const sameText = ({ texts }: Press, { version }: ReadMinutes): string =>
    texts(`minutes.said.same.${isCommented(version) ? 'commented' : stateOf(version)}`);

  async function open(press: Press, named: string | undefined): Promise<Card> {
    const { actor, texts, readBy } = press;
    if (readBy === 'chat') return privatelyCard(texts, 'minutes', 'minutes.open');
    const [body, ...others] = bodiesOf(press, named);
    if (!body) throw new AppError('minutes.noBody');
    if (others.length > 0) return whichToReadCard(press, [body, ...others], 'minutes.open');
    const [newest] = await minutes.ofBody(actor, body.id);
    const ref = newest && { body: body.id, id: newest.id };
    const read = ref ? await minutes.newest(actor, ref) : null;
    if (!read || !newest) return plainCard(texts, texts('minutes.list.title'), texts('minutes.list.none'));
    return drawn(press, { body: body.id, sitting: newest.id }, read);
  }

  const reader = { audience: 'readers of the agenda' } as const;

  return {
    ...minutesChecking(parts, minutesPages),
    'minutes.open': verb({
      input: z.object({ body: z.string().max(200).optional() }),
      audience: 'everyone in the directory',
      run: (press, { body }) => open(press, body),
    }),
    'minutes.list': verb({
      input: z.object({ body: z.string().max(200).transform(bodyId), page }),
      audience: 'everyone in the directory',
      async run(press, { body, page: at = 0 }) {
        const { actor } = press;
        const person = actor.person;
        const region = directory.require(actor.tenant);
        const sittings = await minutes.ofBody(actor, body);
        return minutesListCard(
          body,
          sittings,
          { reader: readerOf({ body }, person, region), person },
          at,
          sceneOf(press, {}),
        );
      },
    }),
    'minutes.view': verb({
      input: agendaData.extend({ number: versionNumber.optional(), page }),
      ...reader,
      async run(press, { number: of, page: at, ...data }) {
        try {
          const ref = refOf(data);
          await atForm(press, data, 'closeForm');
          const read = of ? await minutes.view(press.actor, ref, of) : await minutes.newest(press.actor, ref);
          if (!read) throw new AppError('minutes.notFound');
          return drawn(press, data, read, undefined, at);
        } catch (error) {
          return refused(press, data, error);
        }
      },
    }),
    'minutes.make': verb({
      // Cards of before say which version they show.
      input: agendaData.extend({ number: versionNumber.optional() }),
      ...keeper,
      async run(press, { number: _, ...data }) {
        try {
          const read = await minutes.make(press.actor, refOf(data));
          const said = read.came === 'unchanged' ? sameText(press, read) : press.texts('minutes.said.made');
          return drawn(press, data, read, good(said));
        } catch (error) {
          return refused(press, data, error);
        }
      },
    }),
    'minutes.correctForm': verb({
      input: ofVersion,
      ...keeper,
      run: (press, data) =>
        opened(
          press,
          data,
          (read) => {
            asKeeper(press)(read);
            requireCorrectable(read);
          },
          (read) => {
            const correction = rewordedAfter(read)[press.texts.language];
            const step = { ...stepOf(press, data), further: furtherThan(read) };
            return correctForm(step, read, correction ? filledForm({ correction }) : emptyForm);
          },
        ),
    }),
    'minutes.correct': verb({
      // Forms of before do not say whether what they correct was final.
      input: ofVersion.extend({ correction: longText, further: z.literal([0, 1]).optional() }),
      ...keeper,
      run: (press, { correction, further, ...data }) =>
        sentIn(
          press,
          data,
          { correction },
          {
            limits: { correction: minutesLimits.correction },
            async draw(form, isOvertaken, now) {
              const { actor } = press;
              const ref = refOf(data);
              // As it was last seen, so that what was typed comes back also while the store is away.
              const read = await minutes.read(await steering.lastSeen(actor, ref), now.number, actor.person);
              if (!read) throw new AppError('minutes.notFound');
              if (now.number === data.number && !isOvertaken)
                return correctForm({ ...stepOf(press, now), further }, read, form);
              const step = { ...stepOf(press, now), further: furtherThan(read) };
              // Sent again, it stands in the place of what a colleague has put right, or beside it.
              const why = read.version.final ? 'minutes.form.correct.further' : 'errors.form.overtaken';
              const again = { ...form, refused: { reason: press.texts(why), final: false } };
              const beside = isElsewhere(rewordedAfter(read), press.texts.language) ? 'errors.form.beside' : null;
              return correctForm(step, read, againWith(again, newerCorrection(read, step.scene), beside, step.scene));
            },
            parse: parseCorrection,
            done: (value: { correction: string }) =>
              minutes.correct(press.actor, refOf(data), data.number, {
                language: press.texts.language,
                text: value.correction,
                ...(further !== undefined && { further: further === 1 }),
              }),
            said: (read) => correctedText(press, read),
          },
        ),
    }),
    'minutes.files': verb({
      input: ofVersion.extend({
        layout: z.enum(layouts).optional(),
        extent: z.enum(['whole', 'extract']).optional(),
      }),
      ...reader,
      async run(press, { layout = press.texts.language, extent = 'whole', ...data }) {
        const { tenant, person, language } = press.actor;
        try {
          const read = await minutes.view(press.actor, refOf(data), data.number);
          const most = read.extent === 'whole' ? extent : 'extract';
          const { body, sitting } = data;
          const of = { body, sitting, number: data.number, extent: most, layout };
          return filesCard(
            read,
            {
              layouts,
              layout,
              extent: most,
              to: (format) => fileLink({ tenant, person, language, minutes: of, format }),
              minutes: passMinutes,
            },
            sceneOf(press, data),
          );
        } catch (error) {
          return refused(press, data, error);
        }
      },
    }),
  };
}

export const minutesCommand = command({
  words: {
    minutes: {
      sv: 'protokoll protokollet protokollen mötesprotokoll mötesprotokollet',
      fi: 'pöytäkirja pöytäkirjan pöytäkirjaa pöytäkirjat',
      en: 'minutes',
    },
  },
  example: { sv: 'protokoll', fi: 'pöytäkirja', en: 'minutes' },
  evidence: ['minutes'],
  read: (said) => (said.has('minutes') && said.only('minutes', 'open') ? { verb: 'minutes.open' } : null),
});
