import { z } from 'zod';
import { button, type Card, type Said } from '../../src/cards/elements.ts';
import {
  emptyForm,
  type Form,
  type FormInputs,
  type FormValues,
  filledForm,
  type Limits,
  withNewer,
} from '../../src/cards/form.ts';
import { plainCard, privatelyCard } from '../../src/conversations/card.ts';
import { whichToReadCard } from '../../src/directory/choice-card.ts';
import type { FilePass } from '../../src/documents/file-pass.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { bodyId, type PersonId } from '../../src/shared/ids.ts';
import type { Parsed } from '../../src/shared/input.ts';
import { passMinutes } from '../../src/shared/sealed.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { filesCard, minutesCard, minutesListCard } from '../../src/steering/minutes/card.ts';
import {
  commentForm,
  correctForm,
  type MinutesStep,
  newerCheckers,
  newerCorrection,
  sendForm,
} from '../../src/steering/minutes/form.ts';
import { parseCheckers, parseComment, parseCorrection } from '../../src/steering/minutes/input.ts';
import {
  checkerOf,
  checkerParts,
  isCommented,
  latestOf,
  type ReadMinutes,
  requireChecker,
  requireCorrectable,
  requireVersion,
  rewordedAfter,
  stateOf,
} from '../../src/steering/minutes/minutes.ts';
import { layouts } from '../../src/steering/minutes/paper.ts';
import type { MadeMinutes, MinutesService } from '../../src/steering/minutes/service.ts';
import { minutesLimits } from '../../src/steering/model.ts';
import { againWith } from '../../src/steering/newer-card.ts';
import { readerOf, requireKeeper } from '../../src/steering/rights.ts';
import { isElsewhere } from '../../src/steering/written.ts';
import {
  type AgendaData,
  type AgendaPages,
  type AgendaParts,
  agendaData,
  longText,
  page,
  refOf,
} from './agenda-pages.ts';
import { command } from './command.ts';
import { explained } from './error-text.ts';
import { submitted } from './submitted.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

const number = z.int().min(1).max(10_000);
const ofVersion = agendaData.extend({ number });
type VersionData = AgendaData & { number: number };

/** One of the forms: how it is drawn, read, and what it does. */
interface MinutesForm<Value, Read extends ReadMinutes> {
  limits: Limits;
  /**
   * `isOvertaken`: with what stands there now, as seen by its sender. `now`: where there is a newer version by now, of that one.
   * Errors: what keeps it from being filled in for that one.
   */
  draw(form: Form, isOvertaken: boolean, now: VersionData): Card | Promise<Card>;
  parse(values: FormValues): Parsed<Value>;
  done(value: Value): Promise<Read>;
  /** It is for who checks the minutes; else for who keeps the record. */
  isForCheckers?: boolean;
  said(read: Read): string;
  fieldOf?: Readonly<Record<string, string>>;
}

export interface MinutesParts {
  minutes: MinutesService;
  /** The address at which the file is handed out, for a while. */
  fileLink: (pass: FilePass) => string;
}

/** What is kept of a meeting: its minutes are made, checked, put right, read and taken out. */
export function minutesVerbs({
  minutes,
  steering,
  directory,
  background,
  pages,
  fileLink,
}: AgendaParts & MinutesParts & { pages: AgendaPages }): VerbsOf<'minutes'> {
  const { sceneOf, bodiesOf } = pages;

  const drawn = (press: Press, data: AgendaData, read: ReadMinutes, said?: Said, at?: number): Card =>
    minutesCard(read, sceneOf(press, data), { said, page: at });
  const good = (text: string): Said => ({ tone: 'good', text });
  const correctedText = ({ texts }: Press, { came }: MadeMinutes): string =>
    came === 'unchanged'
      ? texts('minutes.said.sameCorrection', { action: texts('minutes.action.reword') })
      : texts('minutes.said.corrected');
  const sameText = ({ texts }: Press, { version }: ReadMinutes): string =>
    texts(`minutes.said.same.${isCommented(version) ? 'commented' : stateOf(version)}`);

  /** While somebody fills in a form in a message that others see too, it is left alone. */
  async function atForm(press: Press, data: AgendaData, way: 'openForm' | 'closeForm'): Promise<void> {
    if (data.placement) await steering[way](press.actor, refOf(data), data.placement);
  }

  /** What the presser may read of it, with why above; where there is nothing for them, that is all that is said. */
  async function refused(press: Press, data: AgendaData, error: unknown): Promise<Card> {
    if (isAppError(error, 'agenda.notFound')) throw error;
    const text = explained(error, press, sceneOf(press, data).directory);
    const read = await minutes.newest(press.actor, refOf(data));
    if (read) return drawn(press, data, read, { tone: 'warning', text });
    return plainCard(press.texts, press.texts('minutes.paper.whole'), text, [
      button(press.texts('minutes.action.meeting'), 'sitting.view', { body: data.body, sitting: data.sitting }),
    ]);
  }

  async function act(
    press: Press,
    data: AgendaData,
    work: () => Promise<ReadMinutes>,
    said: (read: ReadMinutes) => string,
  ): Promise<Card> {
    try {
      const read = await work();
      return drawn(press, data, read, good(said(read)));
    } catch (error) {
      return refused(press, data, error);
    }
  }

  function stepOf(press: Press, data: VersionData): MinutesStep {
    return { ref: refOf(data), number: data.number, scene: sceneOf(press, data) };
  }

  /** A form of the newest version, for those who may fill it in. */
  async function opened(
    press: Press,
    data: VersionData,
    allow: (read: ReadMinutes) => void,
    draw: (read: ReadMinutes) => Card | Promise<Card>,
  ): Promise<Card> {
    try {
      const read = await minutes.view(press.actor, refOf(data), data.number);
      if (read.version !== latestOf(read.sitting)) throw new AppError('minutes.newer');
      allow(read);
      await atForm(press, data, 'openForm');
      return await draw(read);
    } catch (error) {
      return refused(press, data, error);
    }
  }

  async function newestOf(press: Press, data: VersionData): Promise<VersionData> {
    const newest = latestOf(await steering.lastSeen(press.actor, refOf(data)));
    return { ...data, number: newest?.number ?? data.number };
  }

  const asKeeper =
    (press: Press) =>
    ({ sitting }: ReadMinutes): void =>
      requireKeeper(sitting, press.actor, directory.require(press.actor.tenant));

  async function sentIn<Value, Read extends ReadMinutes>(
    press: Press,
    data: VersionData,
    inputs: FormInputs,
    form: MinutesForm<Value, Read>,
  ): Promise<Card> {
    const stored = await steering.lastSeen(press.actor, refOf(data));
    try {
      // Whoever may not send it in gets no form of it, whatever is wrong in it.
      const region = directory.require(press.actor.tenant);
      if (form.isForCheckers)
        requireChecker(stored, data.number, press.actor.person, readerOf(stored, press.actor.person, region));
      else requireKeeper(stored, press.actor, region);
      let now = data;
      return await submitted<Value, Card>(
        { ...press, directory: region },
        inputs,
        { parse: form.parse, limits: form.limits, fieldOf: form.fieldOf ?? {} },
        {
          async done(value) {
            const read = await form.done(value).catch(async (error: unknown) => {
              if (isAppError(error, 'minutes.newer')) now = await newestOf(press, data);
              throw error;
            });
            background(() => atForm(press, data, 'closeForm'));
            return drawn(press, data, read, good(form.said(read)));
          },
          async again(filled, overtaken) {
            const card = await form.draw(filled, overtaken !== null, now);
            background(() => atForm(press, data, 'openForm'));
            return card;
          },
        },
      );
    } catch (error) {
      return refused(press, data, error);
    }
  }

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

  const checkers = (press: Press, data: VersionData) => minutes.candidates(press.actor, refOf(data), data.number);

  /** Who checks that version, as it stands. */
  async function checkersOf(press: Press, data: VersionData): Promise<PersonId[]> {
    const sitting = await steering.lastSeen(press.actor, refOf(data));
    return requireVersion(sitting, data.number).checkers.map(({ person }) => person);
  }

  const keeper = { audience: 'keepers of the agenda' } as const;
  const checker = { audience: 'checkers of the minutes' } as const;
  const reader = { audience: 'readers of the agenda' } as const;

  return {
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
      input: agendaData.extend({ number: number.optional(), page }),
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
      input: agendaData.extend({ number: number.optional() }),
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
    'minutes.sendForm': verb({
      input: ofVersion,
      ...keeper,
      run: (press, data) =>
        opened(press, data, asKeeper(press), async () => {
          const { suggested, ...who } = await checkers(press, data);
          const step = stepOf(press, data);
          const known = await checkersOf(press, data);
          const chosen = known.length > 0 ? known : suggested;
          const seen = seenOf(checkerParts(known));
          return sendForm({ ...step, ...who, seen }, filledForm({ checkers: chosen.join(',') }));
        }),
    }),
    'minutes.send': verb({
      input: ofVersion.extend({ checkers: z.string().max(4_000).optional(), seen: z.string().max(100).optional() }),
      ...keeper,
      async run(press, { checkers: chosen, seen, ...data }) {
        try {
          const { suggested: _, ...who } = await checkers(press, data);
          return await sentIn(
            press,
            data,
            { checkers: chosen },
            {
              limits: {},
              async draw(form, isOvertaken, { number }) {
                // Nothing is typed here: the newest version has its own way on.
                if (number !== data.number) throw new AppError('minutes.newer');
                const step = { ...stepOf(press, data), ...who };
                if (!isOvertaken) return sendForm({ ...step, seen }, form);
                const known = await checkersOf(press, data);
                const newer = newerCheckers(known, step.scene);
                return sendForm({ ...step, seen: seenOf(checkerParts(known)) }, withNewer(form, newer));
              },
              parse: parseCheckers,
              done: (value: { checkers: PersonId[] }) =>
                minutes.send(press.actor, refOf(data), data.number, { ...value, seen }),
              said: () => press.texts('minutes.said.sent'),
              fieldOf: { 'minutes.wrongCheckers': 'checkers' },
            },
          );
        } catch (error) {
          return refused(press, data, error);
        }
      },
    }),
    'minutes.approve': verb({
      input: ofVersion,
      ...checker,
      run: (press, data) =>
        act(
          press,
          data,
          () => minutes.answer(press.actor, refOf(data), data.number, null),
          ({ version }) => press.texts(version.final ? 'minutes.said.final' : 'minutes.said.approved'),
        ),
    }),
    'minutes.commentForm': verb({
      input: ofVersion,
      ...checker,
      run: (press, data) =>
        opened(
          press,
          data,
          ({ sitting, version, reader }) => {
            requireChecker(sitting, version.number, press.actor.person, reader);
            if (version.final) throw new AppError('minutes.final');
          },
          () => commentForm(stepOf(press, data), emptyForm),
        ),
    }),
    'minutes.comment': verb({
      input: ofVersion.extend({ comment: longText }),
      ...checker,
      run: (press, { comment, ...data }) =>
        sentIn(
          press,
          data,
          { comment },
          {
            limits: { comment: minutesLimits.comment },
            async draw(form, _, now) {
              if (now.number === data.number) return commentForm(stepOf(press, data), form);
              const newest = requireVersion(await steering.lastSeen(press.actor, refOf(data)), now.number);
              const isTheirs = newest.final === null && checkerOf(newest, press.actor.person) !== null;
              if (isTheirs) return commentForm(stepOf(press, now), form);
              const refused = { reason: press.texts('minutes.form.comment.notYours'), final: true };
              return commentForm(stepOf(press, data), { ...form, refused });
            },
            parse: parseComment,
            done: (value: { comment: string }) =>
              minutes.answer(press.actor, refOf(data), data.number, {
                language: press.texts.language,
                text: value.comment,
              }),
            isForCheckers: true,
            said: () => press.texts('minutes.said.commented'),
          },
        ),
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
            const known = rewordedAfter(read);
            const correction = known[press.texts.language];
            return correctForm(stepOf(press, data), known, correction ? filledForm({ correction }) : emptyForm);
          },
        ),
    }),
    'minutes.correct': verb({
      input: ofVersion.extend({ correction: longText }),
      ...keeper,
      run: (press, { correction, ...data }) =>
        sentIn(
          press,
          data,
          { correction },
          {
            limits: { correction: minutesLimits.correction },
            async draw(form, _, now) {
              const { actor } = press;
              const ref = refOf(data);
              // As it was last seen, so that what was typed comes back also while the store is away.
              const read = await minutes.read(await steering.lastSeen(actor, ref), now.number, actor.person);
              if (!read) throw new AppError('minutes.notFound');
              const step = stepOf(press, now);
              const known = rewordedAfter(read);
              if (now.number === data.number) return correctForm(step, known, form);
              // Sent again, it stands in the place of what a colleague has put right, or beside it.
              const again = { ...form, refused: { reason: press.texts('errors.form.overtaken'), final: false } };
              const isBeside = isElsewhere(known, press.texts.language);
              return correctForm(
                step,
                known,
                againWith(again, newerCorrection(read, step.scene), isBeside, step.scene),
              );
            },
            parse: parseCorrection,
            done: (value: { correction: string }) =>
              minutes.correct(press.actor, refOf(data), data.number, {
                language: press.texts.language,
                text: value.correction,
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
