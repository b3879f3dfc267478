import type { Phrase } from '../../documents/model.ts';
import { inTheirs, locales } from '../../shared/language.ts';
import type { Texts } from '../../shared/text.ts';
import type { FigureWords } from '../agenda/figures-words.ts';
import { resultKey } from '../meeting/proceedings.ts';
import type { MinutesVersion, Written } from '../model.ts';
import { isProposed } from '../proposal.ts';
import { isStanding } from '../standing.ts';
import type { Extent } from './minutes.ts';
import type { AttendedSeat, Attendee, Paragraph, Snapshot, Tally } from './snapshot.ts';

/** What minutes say in one language, for paper and for cards. */

/** Which minutes, and how much of them. */
export interface MinutesSaid {
  snapshot: Snapshot;
  version: MinutesVersion;
  extent: Extent;
}

export type Block =
  | ({ is: 'heading' } & Phrase)
  | ({ is: 'line'; label?: string } & Phrase)
  | { is: 'table'; columns: readonly { title: string; width: number }[]; rows: readonly (readonly string[])[] };

export const titleOf = ({ snapshot, extent }: MinutesSaid, texts: Texts): string =>
  `${texts(`minutes.paper.${extent}`)} · ${snapshot.body[texts.language]}`;

/** The same in every language, part for part. */
export function blocksOf(of: MinutesSaid, texts: Texts): Block[] {
  const { snapshot } = of;
  return [
    ...headLines(snapshot, texts),
    versionLine(of, texts),
    heading(texts('minutes.paper.attendance')),
    {
      is: 'table',
      columns: (['seat', 'who', 'when'] as const).map((name) => ({ title: texts(`minutes.paper.${name}`), width: 1 })),
      rows: snapshot.seats.flatMap((seat) => seatRows(seat, texts)),
    },
    ...snapshot.paragraphs.flatMap((paragraph) => paragraphBlocks(paragraph, snapshot, texts)),
    heading(texts('minutes.paper.checking')),
    ...checkingLines(of, texts),
    ...correctionBlocks(snapshot, texts),
  ];
}

const heading = (text: string): Block => ({ is: 'heading', text });
const line = (label: string, text: string): Block => ({ is: 'line', label, text });

/** In the language of the paper where it was written in it, else as it was written, which is said then. */
function said(label: string, words: Written, texts: Texts): Block[] {
  const found = inTheirs(words, texts.language);
  if (!found) return [];
  if (found.language === texts.language) return [line(label, found.text)];
  const inOther = `${label} (${texts(`minutes.paper.in.${found.language}`)})`;
  return [{ is: 'line', label: inOther, text: found.text, language: found.language }];
}

/** When and where it was, who led it and who wrote it down, and whether it could decide. */
export function headLines(snapshot: Snapshot, texts: Texts): Block[] {
  const { place, zone, opened, secretary, quorum } = snapshot;
  const where = place ? [place.where, place.online ? texts('meeting.online') : ''].filter(Boolean).join(', ') : '';
  const { met, present, needed, seats } = quorum;
  return [
    line(texts('minutes.paper.time'), `${momentText(opened, zone, texts)} – ${endText(snapshot, texts)}`),
    ...(where ? [line(texts('minutes.paper.place'), where)] : []),
    line(texts('minutes.paper.chair'), chairText(snapshot, texts)),
    line(texts('minutes.paper.secretary'), secretary ?? '–'),
    line(
      texts('minutes.paper.quorum'),
      texts(met ? 'minutes.paper.quorate' : 'minutes.paper.notQuorate', { present, seats, needed }),
    ),
  ];
}

/** "Risto Vainio, Outi Laaksonen från § 7". */
function chairText({ chair, chairs }: Snapshot, texts: Texts): string {
  const named = (chairs ?? []).map(({ name, from }) =>
    from === null ? name : texts('minutes.paper.chairFrom', { name, from }),
  );
  return (chairs ? named.join(', ') : chair) || '–';
}

function versionLine({ snapshot: { zone }, version: { number, final } }: MinutesSaid, texts: Texts): Block {
  return line(
    texts('minutes.paper.version'),
    final
      ? texts('minutes.paper.finalVersion', { number, day: dayText(final, zone, texts) })
      : texts('minutes.paper.draftVersion', { number }),
  );
}

/**
 * Who was there, with the seat where they were its substitute and with when where that was not all of the meeting, and who was
 * not, with whoever sat there instead: as short as it can be said.
 */
export function attendanceLines({ seats }: Pick<Snapshot, 'seats'>, texts: Texts): Block[] {
  const substitute = texts('minutes.paper.as.substitute');
  const inShort = ({ name: seat }: AttendedSeat, one: Attendee): string => {
    const { name, as, from, to, only, except = [] } = one;
    const isThroughout = from === null && to === null && !only && except.length === 0;
    const who = as === 'substitute' ? `${name} (${substitute}, ${seat[texts.language]})` : name;
    return isThroughout ? who : `${who}, ${withSmall(whenText(one, texts), texts)}`;
  };
  const there = seats.flatMap((seat) => seat.people.map((one) => inShort(seat, one)));
  const away = seats.flatMap(({ name, people, absent = [] }) => {
    if (people.length + absent.length === 0) return [name[texts.language]];
    const instead = people.flatMap((one) => (one.as === 'substitute' && !one.only ? [one.name] : []));
    return absent.map((one) => (instead.length > 0 ? `${one} (${substitute}: ${instead.join(', ')})` : one));
  });
  return [
    line(texts('minutes.paper.present'), there.join('; ') || '–'),
    ...(away.length > 0 ? [line(texts('minutes.paper.absent'), away.join('; '))] : []),
  ];
}

const withSmall = (said: string, { language }: Texts): string =>
  said.slice(0, 1).toLocaleLowerCase(locales[language]) + said.slice(1);

/** Who was there for it, and which of its members was not. */
function seatRows({ name, people, absent = [], own }: AttendedSeat, texts: Texts): string[][] {
  const seat = name[texts.language];
  const isEmpty = people.length === 0 && absent.length === 0;
  return [
    ...people.map((one) => [seat, attendeeText(one, texts), whenText(one, texts)]),
    ...absent.map((one) => [
      seat,
      attendeeText({ name: one, as: own ? 'own' : 'member' }, texts),
      texts('minutes.paper.absent'),
    ]),
    ...(isEmpty ? [[seat, texts('minutes.paper.absent'), '–']] : []),
  ];
}

function attendeeText({ name, as }: Pick<Attendee, 'name' | 'as'>, texts: Texts): string {
  return as === 'own' ? name : `${name} (${texts(`minutes.paper.as.${as}`)})`;
}

/** "Hela mötet, utom § 10 (jäv)", "Från § 4", "Avlägsnade sig före § 7": whoever left at § 7 was not there for it. */
function whenText({ except = [], ...one }: Attendee, texts: Texts): string {
  const when = timesText(one, texts);
  return except.length === 0 ? when : texts('minutes.paper.exceptAt', { when, numbers: except.join(', ') });
}

function timesText({ from, to, only }: Attendee, texts: Texts): string {
  if (only) return texts('minutes.paper.onlyAt', { numbers: only.join(', ') });
  if (from === null && to === null) return texts('minutes.paper.throughout');
  if (to === null) return texts('minutes.paper.cameAt', { from: from ?? 1 });
  return from === null ? texts('minutes.paper.leftBefore', { to }) : texts('minutes.paper.between', { from, to });
}

export function paragraphBlocks(
  paragraph: Paragraph,
  snapshot: Pick<Snapshot, 'zone' | 'opened' | 'closed' | 'paragraphs'>,
  texts: Texts,
): Block[] {
  const { zone } = snapshot;
  const {
    number,
    is,
    title,
    presenter,
    links,
    document,
    withoutDocument = false,
    background = {},
    proposal,
    discussion,
    chair,
    figures,
    followUps = [],
  } = paragraph;
  const own = inTheirs(title, texts.language);
  const name: Block = {
    is: 'heading',
    text: [`§ ${number}`, own?.text].filter(Boolean).join(' '),
    ...(own && own.language !== texts.language && { language: own.language }),
  };
  if (is === 'withheld' || is === 'off') return [name, { is: 'line', text: texts(`minutes.paper.${is}`) }];
  const at = paragraph.item === 'opening' ? snapshot.opened : paragraph.item === 'closing' ? snapshot.closed : null;
  // The meeting opens and closes itself, whether anybody has written so or not.
  const itself = at === null ? [] : [momentLine(paragraph.item, at, zone, texts)];
  if (at !== null && is === 'untouched') return [name, ...itself];
  const what: Block[] = [
    ...itself,
    ...(paragraph.confidential ? [{ is: 'line' as const, text: texts('agenda.confidential') }] : []),
    ...(presenter ? [line(texts('minutes.paper.presenter'), presenter)] : []),
    ...(links.length > 0 ? [line(texts('minutes.paper.material'), links.join('\n'))] : []),
    ...(document
      ? [
          line(
            texts('agenda.document.title'),
            `${document.link}\n${texts('agenda.document.print', { sha256: document.sha256 })}`,
          ),
        ]
      : []),
    ...(withoutDocument ? [{ is: 'line' as const, text: texts('minutes.paper.withoutDocument') }] : []),
    ...said(texts('minutes.paper.background'), background, texts),
    ...said(texts('minutes.paper.proposal'), proposal, texts),
    ...(chair === undefined ? [] : [line(texts('minutes.paper.chairOfItem'), chair ?? '–')]),
    ...(figures ? figureBlocks(figures[texts.language], texts) : []),
    ...followUps.flatMap(({ text, owner, due }) =>
      said(texts('minutes.paper.leftToDo', { owner, due: dateText(due, zone, texts) }), text, texts),
    ),
    ...said(texts('minutes.paper.discussion'), discussion, texts),
    ...cameOfIt(paragraph, zone, texts),
  ];
  return [name, ...(what.length > 0 ? what : nothingSaid(paragraph, snapshot, texts))];
}

/** Of what every meeting asks for: that there was nothing, where it is known. */
function nothingSaid(
  { item, number, followUps }: Paragraph,
  { paragraphs }: Pick<Snapshot, 'paragraphs'>,
  texts: Texts,
): Block[] {
  if (followUps?.length === 0) return [{ is: 'line', text: texts('minutes.paper.nothingLeft') }];
  // Where nothing was recorded later, the meeting may not have come so far.
  const hasPassed = paragraphs.some((later) => later.number > number && later.is === 'recorded');
  return item === 'other' && hasPassed ? [{ is: 'line', text: texts('minutes.paper.noOthers') }] : [];
}

function momentLine(item: string, at: string, zone: string, texts: Texts): Block {
  const time = clockText(at, zone, texts);
  return {
    is: 'line',
    text: texts(item === 'opening' ? 'minutes.paper.openedAt' : 'minutes.paper.closedAt', { time }),
  };
}

function figureBlocks({ period, tables, lists, rhythms }: FigureWords, texts: Texts): Block[] {
  const columns = [
    { title: texts('minutes.paper.figure'), width: 3 },
    { title: texts('minutes.paper.count'), width: 1 },
  ];
  return [
    { is: 'line', text: period },
    ...tables.filter((rows) => rows.length > 0).map((rows): Block => ({ is: 'table', columns, rows })),
    { is: 'line', text: lists },
    { is: 'line', text: rhythms },
  ];
}

function cameOfIt(paragraph: Paragraph, zone: string, texts: Texts): Block[] {
  const { recusals, vote, dissents, actions } = paragraph;
  return [
    ...recusals.map(({ name, substitute }) =>
      line(
        texts('minutes.paper.recusal'),
        substitute ? texts('minutes.paper.recusedFor', { name, substitute }) : texts('minutes.paper.recused', { name }),
      ),
    ),
    ...(vote ? voteBlocks(vote, paragraph.decision !== null, texts) : []),
    ...decisionBlocks(paragraph, texts),
    ...dissents.flatMap(({ name, seat, text }) =>
      said(texts('sitting.dissentOf', { name: `${name}, ${seat[texts.language]}` }), text, texts),
    ),
    ...actions.flatMap(({ text, owner, due }) =>
      said(texts('minutes.paper.action', { owner, due: dateText(due, zone, texts) }), text, texts),
    ),
  ];
}

/** Where nothing was proposed, what was decided stands there by itself. */
function decisionBlocks({ item, is, kind, proposal, decision }: Paragraph, texts: Texts): Block[] {
  const label = texts('minutes.paper.decision');
  if (decision?.as === 'changed' && !isProposed(proposal)) return said(label, decision.text, texts);
  if (decision)
    return [
      line(label, texts(`sitting.outcome.${decision.as}`)),
      ...said(texts('sitting.decisionText'), decision.text, texts),
    ];
  // What every meeting is told, and talks of, says by itself what came of it.
  if (kind !== 'decision' && isStanding(item)) return [];
  if (is === 'untouched') return [{ is: 'line', text: texts('minutes.paper.untouched') }];
  return kind === 'decision' ? [line(label, texts('minutes.paper.undecided'))] : [];
}

/** Of a vote of which no decision was recorded, minutes of before say that it got most votes, and no more. */
function voteBlocks(
  { options, ballots, silent = [], winner, casting }: Tally,
  isDecided: boolean,
  texts: Texts,
): Block[] {
  const optionText = (option: number | null): string => {
    if (option === null) return texts('minutes.paper.abstained');
    return option === 0 ? texts('sitting.option.proposal') : texts('sitting.option.counterShort', { number: option });
  };
  const abstained = ballots.filter(({ option }) => option === null).length;
  const counted = [
    ...options.map(({ votes }, at) => [optionText(at), String(votes)]),
    ...(abstained > 0 ? [[optionText(null), String(abstained)]] : []),
  ];
  return [
    ...options.flatMap(({ text }, at) => said(optionText(at), text, texts)),
    { is: 'line', text: texts('minutes.paper.counted') },
    {
      is: 'table',
      columns: [
        { title: texts('minutes.paper.option'), width: 3 },
        { title: texts('minutes.paper.votes'), width: 1 },
      ],
      rows: counted,
    },
    { is: 'line', text: texts('minutes.paper.bySeats') },
    {
      is: 'table',
      columns: (['seat', 'who', 'vote'] as const).map((name) => ({ title: texts(`minutes.paper.${name}`), width: 1 })),
      rows: [
        ...ballots.map(({ seat, name, option }) => [seat[texts.language], name, optionText(option)]),
        ...silent.map(({ seat, name }) => [seat[texts.language], name, texts('minutes.paper.notVoted')]),
      ],
    },
    line(texts('minutes.paper.result'), texts(resultKey({ casting }, isDecided), { option: optionText(winner) })),
  ];
}

function checkingLines({ version, snapshot }: MinutesSaid, texts: Texts): Block[] {
  if (version.checkers.length === 0) return [{ is: 'line', text: texts('minutes.paper.unchecked') }];
  return version.checkers.map(({ name, answer }) => {
    if (!answer) return line(name, texts('minutes.paper.waiting'));
    const day = dayText(answer.at, snapshot.zone, texts);
    return line(name, texts(answer.comment ? 'minutes.paper.commented' : 'minutes.paper.approved', { day }));
  });
}

/** What this version puts right; nothing where it is the first. */
export function correctionLines({ corrections }: Snapshot, version: number, texts: Texts): Block[] {
  return corrections
    .filter(({ number }) => number === version)
    .flatMap(({ text }) => correctionText(texts('minutes.corrects'), text, texts));
}

/** An extract may not say it. */
function correctionText(label: string, text: Written, texts: Texts): Block[] {
  const isSaid = inTheirs(text, texts.language) !== null;
  return isSaid ? said(label, text, texts) : [line(label, texts('minutes.paper.correctionWithheld'))];
}

function correctionBlocks({ corrections }: Snapshot, texts: Texts): Block[] {
  if (corrections.length === 0) return [];
  return [
    heading(texts('minutes.paper.corrections')),
    ...corrections.flatMap(({ number, text }) =>
      correctionText(texts('minutes.paper.corrected', { number }), text, texts),
    ),
  ];
}

/** With its day where that is another one. */
function endText({ opened, closed, zone }: Snapshot, texts: Texts): string {
  const isSameDay = inZone(opened, zone).toPlainDate().equals(inZone(closed, zone).toPlainDate());
  return isSameDay ? clockText(closed, zone, texts) : momentText(closed, zone, texts);
}

const inZone = (at: string, zone: string) => Temporal.Instant.from(at).toZonedDateTimeISO(zone);
const dateText = (date: string, zone: string, texts: Texts): string => dayText(`${date}T12:00:00Z`, zone, texts);
const dayText = (at: string, zone: string, { language }: Texts): string =>
  inZone(at, zone).toPlainDate().toLocaleString(locales[language], { dateStyle: 'long' });
const momentText = (at: string, zone: string, { language }: Texts): string =>
  inZone(at, zone).toPlainDateTime().toLocaleString(locales[language], { dateStyle: 'long', timeStyle: 'short' });
const clockText = (at: string, zone: string, { language }: Texts): string =>
  inZone(at, zone).toPlainTime().toLocaleString(locales[language], { timeStyle: 'short' });
