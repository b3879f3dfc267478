import { formatDay } from '../cards/dates.ts';
import {
  banner,
  button,
  type Card,
  type CardElement,
  type CardMessage,
  card,
  columns,
  container,
  facts,
  heading,
  plain,
  type Said,
  subheading,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { paged } from '../cards/paged.ts';
import type { PersonId } from '../shared/ids.ts';
import type { Texts } from '../shared/text.ts';
import type { TeamReader } from './card.ts';
import { type Body, type Directory, type Holder, holdings, nameOf, type Seat } from './model.ts';
import {
  chairOf,
  type Ending,
  firstDay,
  isOn,
  lastDay,
  type SeatToday,
  seatsOf,
  secretaryOf,
  type Term,
} from './seats.ts';

/** The seats of a body, one of them with all who have held it, and who hears that one falls vacant. */

/** What drawing seats needs. */
export interface SeatScene {
  texts: Texts;
  directory: Directory;
  body: Body;
  /** ISO 8601 date. */
  today: string;
}

export interface SeatView {
  reader: TeamReader;
  /** From 0. */
  page: number;
  said?: Said | undefined;
}

/** Fourteen seats, as a large steering group has, are two pages. */
const seatsOnPage = 8;
const holdersOnPage = 12;

export function seatsCard(scene: SeatScene, { reader, page: wanted, said }: SeatView): Card {
  const { texts, directory, body } = scene;
  const seats = seatsOf(directory, body.id);
  const title = texts('seat.title');
  const { shown, line, turns } = paged(
    seats,
    { size: seatsOnPage, wanted, turn: (name, page) => button(name, 'seat.list', { body: body.id, page }) },
    texts,
  );
  const vacant = seats.filter(({ member }) => member === null).length;
  return card(texts, {
    speak: `${body.name[texts.language]} · ${title}`,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      text(body.name[texts.language], { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      facts([
        [texts('role.chair'), officer(scene, chairOf(directory, body.id))],
        [texts('role.secretary'), officer(scene, secretaryOf(directory, body.id))],
      ]),
      subheading(texts('seat.count', { count: seats.length })),
      ...(vacant > 0
        ? [text(texts('seat.vacantCount', { count: vacant }), { color: 'Attention', spacing: 'None' })]
        : []),
      ...shown.map((seat) =>
        columns(seatLines(scene, seat), [
          {
            type: 'ActionSet',
            actions: [button(texts('list.open'), 'seat.view', { body: body.id, seat: seat.id })],
          },
        ]),
      ),
      ...line,
    ],
    actions: [
      ...turns,
      ...{
        everybody: [button(texts('seat.change'), 'seat.list', { body: body.id, change: 1 })],
        member: [],
        leader: [button(texts('seat.offices'), 'seat.officeForm', { body: body.id })],
      }[reader],
    ],
  });
}

/** With the seat that they hold. */
function officer(scene: SeatScene, person: PersonId | null): string {
  const { texts, directory, body } = scene;
  if (person === null) return texts('seat.none');
  const seat = seatsOf(directory, body.id).find(({ member, substitute }) => member === person || substitute === person);
  const name = nameIn(scene, person);
  return seat ? `${name} · ${plain(seat.name, texts)}` : name;
}

function nameIn({ directory, texts }: SeatScene, person: PersonId): string {
  return withoutMarkdown(nameOf(directory, person) ?? texts('team.formerMember'));
}

function seatLines(scene: SeatScene, seat: SeatToday): CardElement[] {
  const { texts, today } = scene;
  const place = (as: Holder['as']): CardElement => {
    const holder = seat.holders.find((one) => one.as === as && isOn(one, today));
    const who = holder
      ? `${nameIn(scene, holder.person)}${briefly(holder, texts)}`
      : texts('seat.vacant').toLocaleLowerCase(texts.language);
    const isMissing = !holder && as === 'member';
    return text(`${texts(`seat.as.${as}`)}: ${who}`, {
      spacing: 'None',
      size: 'Small',
      ...(isMissing ? { color: 'Attention' } : { isSubtle: true }),
    });
  };
  return [text(plain(seat.name, texts), { weight: 'Bolder' }), ...holdings.map(place)];
}

/** Until when, where it is known. */
function briefly({ to }: Term, texts: Texts): string {
  return to === null ? '' : ` · ${texts('seat.until', { to: formatDay(to, texts) })}`;
}

/** "1 aug. 2025 – 31 maj 2029"; whatever nobody knows is not said. */
export function termText({ from, to }: Term, texts: Texts): string {
  const [first, last] = [from && formatDay(from, texts), to && formatDay(to, texts)];
  if (first && last) return texts('seat.term', { from: first, to: last });
  if (first) return texts('seat.since', { from: first });
  return last ? texts('seat.until', { to: last }) : texts('seat.always');
}

/** One seat: who holds it, who is to, and who has. Its leader changes each of them here. */
export function seatCard(scene: SeatScene, seat: Seat, { reader, page: wanted, said }: SeatView): Card {
  const { texts, body, today } = scene;
  const title = seat.name[texts.language];
  const data = { body: body.id, seat: seat.id };
  const present = seat.holders.filter((holder) => isOn(holder, today));
  const coming = seat.holders.filter((holder) => firstDay(holder) > today);
  const past = seat.holders.filter((holder) => lastDay(holder) < today).toReversed();
  const { shown, line, turns } = paged(
    past,
    { size: holdersOnPage, wanted, turn: (name, page) => button(name, 'seat.view', { ...data, page }) },
    texts,
  );
  const changing = (holder: Holder): CardElement =>
    reader === 'leader'
      ? columns(holderLines(scene, holder), [
          {
            type: 'ActionSet',
            actions: [button(texts('team.edit'), 'seat.form', { ...data, as: holder.as, person: holder.person })],
          },
        ])
      : container(holderLines(scene, holder));
  return card(texts, {
    speak: title,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      text(body.name[texts.language], { size: 'Small', isSubtle: true }),
      { ...heading(title), spacing: 'None' },
      ...holdings.map((as) => {
        const holder = present.find((one) => one.as === as);
        return holder ? changing(holder) : container(vacantLines(as, texts));
      }),
      ...(coming.length > 0 ? [subheading(texts('seat.coming')), ...coming.map(changing)] : []),
      ...(past.length > 0
        ? [subheading(texts('seat.past')), ...shown.map((holder) => container(holderLines(scene, holder))), ...line]
        : []),
    ],
    actions: [
      ...(reader === 'leader'
        ? holdings.map((as) =>
            button(texts(`seat.new.${as}`), 'seat.form', { ...data, as }, { primary: as === 'member' }),
          )
        : []),
      ...turns,
      button(texts('actions.back'), 'seat.list', { body: body.id }),
    ],
  });
}

function vacantLines(as: Holder['as'], texts: Texts): CardElement[] {
  return [
    text(texts('seat.vacant'), { weight: 'Bolder', ...(as === 'member' && { color: 'Attention' }) }),
    text(texts(`seat.as.${as}`), { spacing: 'None', size: 'Small', isSubtle: true }),
  ];
}

function holderLines(scene: SeatScene, holder: Holder): CardElement[] {
  const { texts } = scene;
  return [
    text(nameIn(scene, holder.person), { weight: 'Bolder' }),
    text(`${texts(`seat.as.${holder.as}`)} · ${termText(holder, texts)}`, {
      spacing: 'None',
      size: 'Small',
      isSubtle: true,
    }),
  ];
}

/** Asked before somebody’s time in a seat is ended. */
export function endCard(scene: SeatScene, seat: Seat, holder: Holder): Card {
  const { texts, body, today } = scene;
  const hasBegun = firstDay(holder) <= today;
  const title = texts(hasBegun ? 'seat.endTitle' : 'seat.dropTitle', { name: nameIn(scene, holder.person) });
  const data = { body: body.id, seat: seat.id, as: holder.as, person: holder.person };
  return card(texts, {
    speak: title,
    body: [heading(title), text(texts(hasBegun ? 'seat.endLead' : 'seat.dropLead', { seat: plain(seat.name, texts) }))],
    actions: [
      button(texts(hasBegun ? 'seat.end' : 'seat.drop'), 'seat.end', { ...data, confirmed: 1 }, { destructive: true }),
      button(texts('form.cancel'), 'seat.form', data),
    ],
  });
}

/** To its leader, in private: a seat falls vacant unless somebody is put into it. */
export function endingMessage(scene: SeatScene, { seat, person, to }: Ending): CardMessage {
  const { texts, body } = scene;
  const title = texts('seat.endingTitle');
  const lead = texts('seat.endingLead', {
    name: nameIn(scene, person),
    seat: plain(seat.name, texts),
    body: plain(body.name, texts),
    to: formatDay(to, texts),
  });
  return {
    summary: title,
    card: card(texts, {
      speak: title,
      body: [heading(title), text(lead)],
      actions: [button(texts('seat.show'), 'seat.view', { body: body.id, seat: seat.id }, { primary: true })],
    }),
  };
}
