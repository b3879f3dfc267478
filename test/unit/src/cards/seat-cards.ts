import { type Body, bodyOf, type Directory, type Holder } from '../../../../src/directory/model.ts';
import { endCard, endingMessage, type SeatScene, seatCard, seatsCard } from '../../../../src/directory/seat-card.ts';
import { holderForm, officeForm, peopleToChoose } from '../../../../src/directory/seat-form.ts';
import { seatsOf } from '../../../../src/directory/seats.ts';
import { bodyId, personId } from '../../../../src/shared/ids.ts';
import type { Language } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, people, mondayDate as today } from '../../../support/builders.ts';
import type { DrawnCard } from './every-card.ts';
import { largeSteering } from './meeting-cards.ts';

const steering = bodyId('steering:vastra-nyland');

/** Of the police many have been there, nobody is now, and one is to come; Lojo has had one before its present member. */
function withHistory(directory: Directory): Directory {
  const past = Array.from({ length: 40 }, (_, index): Holder => {
    const year = 1980 + index;
    return { person: people.petri, as: 'member', from: `${year}-01-01`, to: `${year}-12-31` };
  });
  const before: Holder = { person: people.sofia, as: 'member', from: '2021-08-01', to: '2025-07-31' };
  const coming: Holder = { person: people.maria, as: 'member', from: '2027-01-01', to: null };
  return {
    ...directory,
    members: directory.members.filter(({ seat, role }) => seat !== 'polisen' || role === 'substitute'),
    seats: directory.seats.map((seat) => {
      if (seat.id === 'polisen') return { ...seat, holders: [...past, ...seat.holders.slice(1), coming] };
      return seat.id === 'lojo-stad' ? { ...seat, holders: [before, ...seat.holders] } : seat;
    }),
  };
}

/** Names as long as they may be. */
function large(): Directory {
  const { directory, crowd } = largeSteering(400);
  return {
    ...directory,
    seats: directory.seats.map((seat, index) => ({
      ...seat,
      holders: seat.holders.map((holder, at) => ({ ...holder, person: crowd[index * 2 + at] ?? holder.person })),
    })),
  };
}

export function seatCards(language: Language): DrawnCard[] {
  const texts = textsFor(language);
  const sceneIn = (directory: Directory, of = steering): SeatScene => {
    const body: Body | null = bodyOf(directory, of);
    if (!body) throw new Error(`There is no ${of}.`);
    return { texts, directory, body, today };
  };
  const scene = sceneIn(withHistory(exampleDirectory()));
  const own = ['management:vastra-nyland', 'development:vastra-nyland'].map(bodyId);
  const largest = sceneIn(large());
  const seatIn = ({ directory }: SeatScene, id: string) => {
    const seat = seatsOf(directory, steering).find((one) => one.id === id);
    if (!seat) throw new Error(`There is no ${id}.`);
    return seat;
  };
  const [police, town, big] = [seatIn(scene, 'polisen'), seatIn(scene, 'lojo-stad'), seatIn(largest, 'lojo-stad')];
  const holderIn = (id: string, as: Holder['as']): Holder => {
    const holder = seatIn(scene, id).holders.findLast((one) => one.as === as);
    if (!holder) throw new Error('Nobody is there.');
    return holder;
  };
  const choices = peopleToChoose(scene.directory, [{ id: personId('new'), name: 'Noor Nyvald' }], undefined);
  const most = peopleToChoose(largest.directory, [], undefined);
  const typed = {
    values: { person: people.petri, from: '2027-01-01', to: '2026-01-01' },
    errors: {
      person: texts('errors.directory.seatedElsewhere'),
      from: texts('errors.directory.seatTaken', { person: 'Risto Vainio' }),
      to: texts('errors.directory.termBackwards'),
    },
  };
  const place = { seat: town, as: 'member', holder: null, people: choices, seen: 'a1b2c3' } as const;
  return [
    ...(['everybody', 'member', 'leader'] as const).flatMap((reader) => [
      { name: `seats for ${reader}`, card: seatsCard(scene, { reader, page: 0 }) },
      { name: `seats for ${reader}, second page`, card: seatsCard(scene, { reader, page: 1 }) },
      { name: `a seat for ${reader}`, card: seatCard(scene, town, { reader, page: 0 }) },
      { name: `a vacant seat for ${reader}`, card: seatCard(scene, police, { reader, page: 1 }) },
    ]),
    ...own.map((of) => ({
      name: `seats of ${of}`,
      card: seatsCard(sceneIn(exampleDirectory(), of), { reader: 'leader', page: 0 }),
    })),
    {
      name: 'seats after a change',
      card: seatsCard(largest, {
        ...{ reader: 'leader', page: 0 },
        said: { tone: 'good', text: texts('seat.officesSaved') },
      }),
    },
    {
      name: 'a seat after a change',
      card: seatCard(scene, town, {
        ...{ reader: 'leader', page: 0 },
        said: { tone: 'good', text: texts('seat.saved', { name: 'Outi Laaksonen' }) },
      }),
    },
    { name: 'form of a new member of a seat', card: holderForm(scene, place, { values: { from: today }, errors: {} }) },
    {
      name: 'form of a new member of a seat with mistakes',
      card: holderForm(scene, { ...place, people: most }, typed),
    },
    {
      name: 'form of a term',
      card: holderForm(
        scene,
        { ...place, holder: holderIn('lojo-stad', 'member'), people: [] },
        { values: { from: '2025-08-01', to: '2029-05-31' }, errors: {} },
      ),
    },
    { name: 'largest form of a seat', card: holderForm(largest, { ...place, seat: big, people: most }, typed) },
    { name: 'end of a term', card: endCard(scene, town, holderIn('lojo-stad', 'member')) },
    { name: 'end of a term that has not begun', card: endCard(scene, police, holderIn('polisen', 'member')) },
    {
      name: 'chair and secretary',
      card: officeForm(scene, place, { values: { chair: 'nobody', secretary: people.maria }, errors: {} }),
    },
    {
      name: 'chair and secretary at their largest',
      card: officeForm(
        largest,
        { people: most, seen: 'a1b2c3' },
        {
          values: {},
          errors: {
            chair: texts('errors.directory.chairNeedsSeat'),
            secretary: texts('errors.directory.oneOffice'),
          },
        },
      ),
    },
    {
      name: 'a seat falls vacant',
      card: endingMessage(scene, { seat: town, person: people.sofia, to: '2027-01-22' }).card,
    },
  ];
}
