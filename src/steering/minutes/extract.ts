import type { Sitting } from '../model.ts';
import type { Attendee, Paragraph, Snapshot } from './snapshot.ts';

/** Minutes without what is confidential, for everybody. */

/** With what has become confidential since marked so. */
export function markedBy({ items }: Pick<Sitting, 'items'>, snapshot: Snapshot): Snapshot {
  const byNow = new Set(items.flatMap(({ id, confidential }) => (confidential ? [id] : [])));
  const marked = (one: Paragraph): Paragraph => ({ ...one, confidential: one.confidential || byNow.has(one.item) });
  return { ...snapshot, paragraphs: snapshot.paragraphs.map(marked) };
}

/**
 * For everybody: of what is confidential the number stands there, and nothing else, nor who stepped in or was disqualified
 * there. What a version has put right, and what was left to do, may be just that: the one is not said where anything is
 * confidential, the other never. Nor is it said there who was absent: whoever stood neither among those nor among the present
 * would have stepped in where nothing is said.
 */
export function extractOf(snapshot: Snapshot): Snapshot {
  const paragraphs = snapshot.paragraphs.map((paragraph) => {
    if (paragraph.confidential) return withheld(paragraph);
    const { followUps: _, ...rest } = paragraph;
    return rest;
  });
  const secret = new Set(snapshot.paragraphs.flatMap(({ confidential, number }) => (confidential ? [number] : [])));
  const isSecret = secret.size > 0;
  const corrections = isSecret
    ? snapshot.corrections.map(({ number }) => ({ number, text: {} }))
    : snapshot.corrections;
  const open = snapshot.paragraphs.flatMap(({ confidential, number }) => (confidential ? [] : [number]));
  // Whoever leads from a paragraph of which nothing is said leads the open ones after it, if there are such before the next.
  const chairs = snapshot.chairs?.flatMap((chair, at, all) => {
    const { from } = chair;
    if (from === null || !secret.has(from)) return [chair];
    const until = all[at + 1]?.from ?? Infinity;
    const next = open.find((number) => number > from && number < until);
    return next === undefined ? [] : [{ ...chair, from: next }];
  });
  const seats = snapshot.seats.map(({ absent, ...seat }) => ({
    ...seat,
    people: seat.people.flatMap((one) => outsideOf(secret, one)),
    ...(absent && !isSecret && { absent }),
  }));
  // Whoever leads on after a paragraph of which nothing is said never stopped.
  const led = chairs?.filter(({ name }, at) => name !== chairs[at - 1]?.name);
  return { ...snapshot, ...(led && { chairs: led }), seats, paragraphs, corrections };
}

/** Of these paragraphs is not told who was disqualified, nor who stepped in, which tells the same. */
function outsideOf(secret: ReadonlySet<number>, { only, except, ...one }: Attendee): Attendee[] {
  const told = (numbers: readonly number[] = []): number[] => numbers.filter((number) => !secret.has(number));
  const [here, out] = [told(only), told(except)];
  if (only && here.length === 0) return [];
  return [{ ...one, ...(only && { only: here }), ...(out.length > 0 && { except: out }) }];
}

function withheld({ number }: Paragraph): Paragraph {
  return {
    number,
    item: '',
    is: 'withheld',
    kind: 'information',
    confidential: true,
    title: {},
    presenter: null,
    links: [],
    document: null,
    proposal: {},
    discussion: {},
    recusals: [],
    vote: null,
    decision: null,
    dissents: [],
    actions: [],
  };
}
