import { z } from 'zod';
import { emptyForm, filledForm, withNewer } from '../../src/cards/form.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { PersonId } from '../../src/shared/ids.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { commentForm, newerCheckers, sendForm } from '../../src/steering/minutes/form.ts';
import { parseCheckers, parseComment } from '../../src/steering/minutes/input.ts';
import { checkerOf, checkerParts, requireChecker, requireVersion } from '../../src/steering/minutes/minutes.ts';
import { minutesLimits } from '../../src/steering/model.ts';
import { type AgendaParts, longText, refOf } from './agenda-pages.ts';
import { type MinutesPages, type MinutesParts, ofVersion, type VersionData } from './minutes-pages.ts';
import { keeper } from './sitting-pages.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

type CheckingVerb = 'sendForm' | 'send' | 'approve' | 'commentForm' | 'comment';

/** Minutes are sent to those who check them, and they say what they think of them. */
export function minutesChecking(
  { minutes, steering }: AgendaParts & MinutesParts,
  { act, refused, stepOf, opened, sentIn, asKeeper }: MinutesPages,
): Pick<VerbsOf<'minutes'>, `minutes.${CheckingVerb}`> {
  const checkers = (press: Press, data: VersionData) => minutes.candidates(press.actor, refOf(data), data.number);

  /** Who checks that version, as it stands. */
  async function checkersOf(press: Press, data: VersionData): Promise<PersonId[]> {
    const sitting = await steering.lastSeen(press.actor, refOf(data));
    return requireVersion(sitting, data.number).checkers.map(({ person }) => person);
  }

  const checker = { audience: 'checkers of the minutes' } as const;

  return {
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
              const { texts, actor } = press;
              const sitting = await steering.lastSeen(actor, refOf(data));
              const version = requireVersion(sitting, now.number);
              const isTheirs = checkerOf(version, actor.person) !== null;
              const isNewer = now.number !== data.number;
              const newer = isNewer ? { refused: { reason: texts('errors.minutes.newer'), final: false } } : {};
              if (isTheirs && !version.final) return commentForm(stepOf(press, now), { ...form, ...newer });
              // What they have typed stands to be copied, and nothing in it is to be mended.
              // That there is a newer one is told to those alone who check the one that they speak of.
              const wasTheirs = checkerOf(requireVersion(sitting, data.number), actor.person) !== null;
              const notTheirs = `minutes.form.comment.${wasTheirs ? 'notYours' : 'replaced'}` as const;
              const refused = { reason: texts(isTheirs ? 'errors.minutes.final' : notTheirs), final: true };
              const { wrong: _wrong, ...kept } = form;
              return commentForm(stepOf(press, now), { ...kept, errors: {}, refused }, { isRead: isTheirs });
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
  };
}
