import { emptyForm, filledForm, formAgain } from '../../../../src/cards/form.ts';
import { limits as meetingLimits } from '../../../../src/meetings/model.ts';
import type { PersonId } from '../../../../src/shared/ids.ts';
import { type Language, languages } from '../../../../src/shared/language.ts';
import { filesCard, minutesCard, minutesListCard, minutesMessage } from '../../../../src/steering/minutes/card.ts';
import { extractOf } from '../../../../src/steering/minutes/extract.ts';
import { commentForm, correctForm, sendForm } from '../../../../src/steering/minutes/form.ts';
import { type ReadMinutes, stateOf } from '../../../../src/steering/minutes/minutes.ts';
import { layouts } from '../../../../src/steering/minutes/paper.ts';
import type { Paragraph, Snapshot } from '../../../../src/steering/minutes/snapshot.ts';
import {
  type Checker,
  limits,
  type MinutesVersion,
  minutesLimits,
  recordLimits,
  type Sitting,
  type Written,
} from '../../../../src/steering/model.ts';
import { agenda, drawnFor, idOf } from '../../../support/agendas.ts';
import { monday } from '../../../support/builders.ts';
import { inAll } from '../../../support/checklists.ts';
import { paragraph, snapshot } from '../../../support/minutes.ts';
import type { DrawnCard } from './every-card.ts';

const at = monday.toString();
const inAllOf = (text: string): Written => Object.fromEntries(languages.map((language) => [language, text]));
const long = (length: number): string => 'ä'.repeat(length);

const checker = (person: PersonId, answer: Checker['answer'], name = long(80)): Checker => ({
  ...{ person, name, asked: at, answer },
});
const comment = { v: 1, kid: '', iv: '', tag: '', ct: '' } as const;
const version = (number: number, checkers: readonly Checker[] = [], final: string | null = null): MinutesVersion => ({
  number,
  made: { by: idOf('kaisa'), at },
  checkers,
  final,
});

/** One after the other, the last of them the newest. */
const stages: readonly (readonly MinutesVersion[])[] = [
  [version(1)],
  [version(1, [checker(idOf('risto'), null), checker(idOf('marjut'), { at, comment: null })])],
  [version(1, [checker(idOf('risto'), { at, comment }), checker(idOf('marjut'), { at, comment })])],
  [version(1, [checker(idOf('risto'), { at, comment: null })], at), version(2)],
  Array.from({ length: 12 }, (_, index) => version(index + 1, [checker(idOf('risto'), { at, comment: null })], at)),
];

const full = (number: number, words: Written, name: string): Paragraph =>
  paragraph(number, words, {
    presenter: name,
    links: Array.from({ length: limits.links }, () => `https://example.com/${'x'.repeat(limits.link - 20)}`),
    document: { sha256: 'f'.repeat(64), link: `https://example.com/${'x'.repeat(limits.link - 20)}` },
    proposal: words,
    discussion: words,
    recusals: [{ seat: inAll(name), name, substitute: name }],
    vote: {
      options: [
        { text: {}, votes: 1 },
        { text: words, votes: 2 },
      ],
      ballots: Array.from({ length: 30 }, () => ({ seat: inAll(name), name, option: 1 })),
      winner: 1,
      casting: false,
    },
    decision: { as: 'changed', text: words },
    dissents: [{ seat: inAll(name), name, text: words }],
    actions: [{ text: words, owner: name, due: '2027-01-15' }],
  });

/** A hundred paragraphs of everything, each text as long as it may be, and thirty seats that came and went. */
const largest: Snapshot = {
  ...snapshot,
  place: { online: true, where: long(meetingLimits.where) },
  chairs: Array.from({ length: 30 }, (_, index) => ({ name: long(80), from: index + 1 })),
  seats: Array.from({ length: 30 }, () => ({
    name: inAll(long(80)),
    people: [{ name: long(80), as: 'substitute' as const, from: 12, to: 90, except: [20, 30] }],
    absent: [long(80)],
  })),
  paragraphs: Array.from({ length: limits.items }, (_, index) =>
    full(index + 1, inAllOf(long(recordLimits.discussion)), long(80)),
  ),
};

function readBy(
  versions: readonly MinutesVersion[],
  is: 'keeper' | 'member' | 'other',
  said: Snapshot,
  wanted = long(minutesLimits.comment),
): ReadMinutes {
  const newest = versions.at(-1) ?? version(1);
  const person = idOf(is === 'keeper' ? 'kaisa' : is === 'member' ? 'risto' : 'petri');
  const sitting: Sitting = { ...agenda(), minutes: { paragraphs: { year: 2026, numbers: {} }, versions } };
  return {
    sitting,
    version: newest,
    snapshot: is === 'other' ? extractOf(said) : said,
    extent: is === 'other' ? 'extract' : 'whole',
    reader: is === 'other' ? { is } : { is, person },
    person,
    comments: new Map(newest.checkers.map((one) => [one.person, inAllOf(wanted)])),
  };
}

/** Cards of minutes of which every text is `words`. */
export function markedMinutes(language: Language, words: string): DrawnCard[] {
  const seat = { name: inAll(words), people: [{ name: words, as: 'own' as const, from: null, to: null }] };
  const said = {
    ...snapshot,
    ...{ body: inAll(words), place: { online: false, where: words }, secretary: words },
    chairs: [{ name: words, from: null }],
    seats: [seat, { ...seat, people: [] }],
    paragraphs: [full(1, inAllOf(words), words)],
  };
  const commented = version(1, [checker(idOf('risto'), { at, comment }, words)]);
  return (['keeper', 'member', 'other'] as const).flatMap((is) =>
    [version(1), commented].map((one) => ({
      name: `minutes for ${is} with ${one.checkers.length}`,
      card: minutesCard(readBy([one], is, said, words), drawnFor(language)),
    })),
  );
}

export function minutesCards(language: Language): DrawnCard[] {
  const scene = drawnFor(language);
  const { texts } = scene;
  const ref = { body: agenda().body, id: '1' };
  const step = { ref, number: 1, scene };
  const draft = readBy([version(1)], 'keeper', snapshot);
  const typed = { comment: '€'.repeat(minutesLimits.comment), correction: '€'.repeat(minutesLimits.correction) };
  const people = ['risto', 'carola', 'marjut', 'staffan'] as const;
  const held = (id: number): Sitting => {
    const mark = { by: idOf('kaisa'), at };
    const proceedings = {
      opened: mark,
      closed: mark,
      seats: [],
      chairs: [],
      secretary: null,
      presence: [],
      records: {},
    };
    return { ...draft.sitting, id: String(id), proceedings };
  };
  const listReader = { reader: draft.reader, person: draft.person };
  return [
    ...stages.flatMap((versions) =>
      (['keeper', 'member', 'other'] as const).flatMap((is) => {
        const read = readBy(versions, is, snapshot);
        const name = `minutes ${versions.length} ${stateOf(read.version)} for ${is}`;
        const told = (['minutesCheck', 'minutesCommented', 'minutesFinal'] as const).flatMap((kind) => {
          const message = minutesMessage(read, kind, scene);
          return message ? [{ name: `${name}: ${kind}`, card: message.card }] : [];
        });
        return [{ name, card: minutesCard(read, scene) }, ...told];
      }),
    ),
    ...[0, 1, 50, 99].map((page) => ({
      name: `largest minutes, page ${page}`,
      card: minutesCard(readBy(stages[2] ?? [], 'keeper', largest), scene, {
        page,
        said: { tone: 'warning', text: texts('errors.minutes.correct') },
      }),
    })),
    ...layouts.map((layout) => ({
      name: `files of minutes, ${layout}`,
      card: filesCard(
        draft,
        { layouts, layout, extent: 'whole', to: () => `https://ankarbot.example/${'x'.repeat(600)}`, minutes: 15 },
        scene,
      ),
    })),
    { name: 'no minutes', card: minutesListCard(ref.body, [], listReader, 0, scene) },
    {
      name: 'many minutes',
      card: minutesListCard(
        ref.body,
        Array.from({ length: 24 }, (_, index) => held(index + 1)),
        listReader,
        1,
        scene,
      ),
    },
    {
      name: 'sending minutes',
      card: sendForm(
        { ...step, people: people.map(idOf), count: 2 },
        filledForm({ checkers: [idOf('risto'), idOf('marjut')].join(',') }),
      ),
    },
    { name: 'commenting on minutes', card: commentForm(step, emptyForm) },
    {
      name: 'largest comment',
      card: commentForm(
        step,
        formAgain(texts, typed, [{ field: 'comment', code: 'tooLong' }], { comment: minutesLimits.comment }),
      ),
    },
    {
      name: 'correcting minutes',
      card: correctForm({ ...step, further: 0 }, draft, filledForm({ correction: typed.correction })),
    },
  ];
}
