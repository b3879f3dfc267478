import { z } from 'zod';
import { button, type Card, type CardMessage, type Said, withoutMarkdown } from '../../src/cards/elements.ts';
import { type Form, formValues } from '../../src/cards/form.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import type { TeamReader } from '../../src/directory/card.ts';
import { whichBodyCard } from '../../src/directory/choice-card.ts';
import { type HoldingInput, nobody, parseHolding, parseOffices } from '../../src/directory/chosen-input.ts';
import { type Body, bodyOfChat, holdings, nameOf, type Person } from '../../src/directory/model.ts';
import { endCard, type SeatScene, seatCard, seatsCard } from '../../src/directory/seat-card.ts';
import { holderForm, officeForm, peopleToChoose } from '../../src/directory/seat-form.ts';
import { officeParts, placeParts } from '../../src/directory/seating.ts';
import { lastDay, type SeatToday, seatOf, seatsOf } from '../../src/directory/seats.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { leads } from '../../src/shared/actor.ts';
import { type Clock, dateIn, inTime } from '../../src/shared/clock.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { type ConversationId, type PersonId, personId } from '../../src/shared/ids.ts';
import { seenOf } from '../../src/shared/seen.ts';
import { bodiesMeant, requireDiscretion, textsOfChat } from './body.ts';
import { command } from './command.ts';
import { explained } from './error-text.ts';
import type { Feature } from './feature.ts';
import type { SharedAnswers } from './shared-answers.ts';
import { type FormInput, submitted } from './submitted.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

export interface SeatParts {
  directory: DirectoryService;
  conversations: Pick<ConversationService, 'chatOfBody' | 'roster'>;
  answers: SharedAnswers;
  clock: Clock;
  /** What goes on after the press is answered. */
  background: (work: () => Promise<unknown>) => void;
}

const blank = z.string().max(200).optional();
const page = z.int().min(0).max(1_000).optional();
const bodyData = z.object({ body: z.string().max(200) });
const seatData = bodyData.extend({ seat: z.string().max(200) });
const placeData = seatData.extend({ as: z.enum(holdings) });
const oneOfForm = z.literal(1).optional();

type PlaceData = z.infer<typeof placeData>;

const holdingInput = (isNew: boolean): FormInput<HoldingInput> => ({
  parse: (input) => parseHolding(input, isNew),
  limits: {},
  fieldOf: {
    'directory.notInChat': 'person',
    'directory.substituteLeads': 'person',
    'directory.seatedElsewhere': 'person',
    'directory.seatOver': 'from',
    'directory.seatTaken': 'from',
    'directory.termBackwards': 'to',
  },
});

const officeInput: FormInput<{ chair: PersonId | null; secretary: PersonId | null }> = {
  parse: parseOffices,
  limits: {},
  fieldOf: {
    'directory.chairNeedsSeat': 'chair',
    'directory.oneOffice': 'secretary',
    'directory.notInChat': 'secretary',
  },
};

/** Milliseconds: long enough to read what came of a change and to press on; and to fill in a form. */
const readWithin = 60_000;
const writtenWithin = 5 * 60_000;

/** Milliseconds for Teams to say who is in a chat. */
const rosterWithin = 3_000;

/** The seats of a body with who holds them, and for its leader the means to change that. */
export function seatFeature({ directory, conversations, answers, clock, background }: SeatParts): Feature {
  function sceneOf(press: Press, body: Body, texts = press.texts): SeatScene {
    const region = directory.require(press.actor.tenant);
    return { texts, directory: region, body, today: dateIn(region.policy.timeZone, clock.now()).toString() };
  }

  /** Those that have seats. Errors: as of {@link bodiesMeant}, and `directory.noSeats`. */
  function seatedBodies(press: Press, named: string | undefined): readonly [Body, ...Body[]] {
    const region = directory.require(press.actor.tenant);
    const [first, ...others] = bodiesMeant(directory, press, { named }).filter(
      ({ id }) => seatsOf(region, id).length > 0,
    );
    if (!first) throw new AppError('directory.noSeats');
    return [first, ...others];
  }

  /** Errors: as of {@link seatedBodies}, and `directory.leadersOnly`. */
  function bodyToChange(press: Press, named: string): Body {
    const [body] = bodiesMeant(directory, press, { named });
    if (!leads(press.actor, body.id)) throw new AppError('directory.leadersOnly');
    return body;
  }

  /** Errors: `directory.unknownSeat`. */
  function seatIn({ directory: region, body }: SeatScene, id: string): SeatToday {
    const seat = seatOf(region, body.id, id);
    if (!seat) throw new AppError('directory.unknownSeat');
    return seat;
  }

  const readerOf = (press: Press, body: Body): TeamReader =>
    press.readBy === 'chat' ? 'everybody' : leads(press.actor, body.id) ? 'leader' : 'member';

  const listName = ({ id }: Body): string => `seats of ${id}`;

  function list(press: Press, body: Body, at = 0, said?: Said): Card {
    const drawn = seatsCard(sceneOf(press, body), { reader: readerOf(press, body), page: at, said });
    return press.readBy === 'chat' ? answers.showing(drawn, listName(body)) : drawn;
  }

  function view(press: Press, body: Body, seat: string, at = 0, said?: Said): Card {
    const scene = sceneOf(press, body);
    return seatCard(scene, seatIn(scene, seat), { reader: readerOf(press, body), page: at, said });
  }

  /** What everybody reads in a chat is drawn anew after a change; whoever made it goes on. */
  function afterwards(press: Press, body: Body, card: Card): Card {
    const drawShared = (conversation: ConversationId): CardMessage | null => {
      // A chat that is another's by now learns nothing more of this one's people.
      if (bodyOfChat(directory.require(press.actor.tenant), conversation)?.id !== body.id) return null;
      const texts = textsOfChat(directory, press, conversation);
      const shared = seatsCard(sceneOf(press, body, texts), { reader: 'everybody', page: 0 });
      return { card: shared, summary: shared.speak ?? '' };
    };
    answers.use(press.activityId, press.actor.person, readWithin);
    background(() => answers.redraw(listName(body), drawShared));
    return card;
  }

  /**
   * Who is in the chat of the body; nobody where it has none. Errors: `chat.unavailable`, also when Teams takes long;
   * `chat.throttled`.
   */
  async function rosterOf(press: Press, body: Body): Promise<Person[]> {
    const chat = await conversations.chatOfBody(press.actor.tenant, body.id);
    if (!chat) return [];
    const roster = await inTime(clock, rosterWithin, conversations.roster(press.actor.tenant, chat.conversation));
    if (!roster) throw new AppError('chat.unavailable');
    return roster.filter(({ guest }) => !guest).map(({ person, name }) => ({ id: person, name }));
  }

  /** While Teams does not say who is in the chat, those of the region are there all the same, and whoever was chosen. */
  async function choices(press: Press, body: Body, chosen: string | undefined) {
    const region = directory.require(press.actor.tenant);
    const isKnown = chosen === undefined || chosen === nobody || nameOf(region, personId(chosen)) !== null;
    const unseen = isKnown ? [] : [{ id: personId(chosen), name: press.texts('team.chosen') }];
    const roster = await rosterOf(press, body).catch((error: unknown) => {
      if (isAppError(error, 'chat.unavailable') || isAppError(error, 'chat.throttled')) return unseen;
      throw error;
    });
    return peopleToChoose(region, roster, chosen);
  }

  /** A name comes from the directory or from Teams’ roster, never from the card. Errors: `directory.notInChat`. */
  async function personNamed(press: Press, body: Body, id: PersonId): Promise<Person> {
    const name = nameOf(directory.require(press.actor.tenant), id);
    if (name !== null) return { id, name };
    const found = (await rosterOf(press, body)).find((one) => one.id === id);
    if (!found) throw new AppError('directory.notInChat');
    return found;
  }

  async function placeForm(
    press: Press,
    body: Body,
    data: PlaceData,
    person: string | null,
    typed?: Form,
  ): Promise<Card> {
    answers.use(press.activityId, press.actor.person, writtenWithin);
    const scene = sceneOf(press, body);
    const seat = seatIn(scene, data.seat);
    const theirs = seat.holders.filter(({ as, ...term }) => as === data.as && lastDay(term) >= scene.today);
    const holder = theirs.find((one) => one.person === person) ?? null;
    // Whoever follows in the middle of a term sits for the rest of it.
    const { from, to } = holder ?? { from: scene.today, to: theirs[0]?.to ?? null };
    const form = typed ?? { values: formValues({ from: from ?? undefined, to: to ?? undefined }), errors: {} };
    const people = holder ? [] : await choices(press, body, form.values.person);
    return holderForm(
      scene,
      { seat, as: data.as, holder, people, seen: seenOf(placeParts(seat, data.as, scene.today)) },
      form,
    );
  }

  async function offices(press: Press, body: Body, typed?: Form): Promise<Card> {
    answers.use(press.activityId, press.actor.person, writtenWithin);
    const scene = sceneOf(press, body);
    const now = officeParts(scene.directory, body.id);
    const values = { chair: now.chair ?? nobody, secretary: now.secretary ?? nobody };
    const form = typed ?? { values, errors: {} };
    return officeForm(scene, { people: await choices(press, body, form.values.secretary), seen: seenOf(now) }, form);
  }

  const verbs: VerbsOf<'seat'> = {
    'seat.list': verb({
      input: z.object({ body: blank, page, change: oneOfForm }),
      audience: 'everyone in the directory',
      async run(press, { body: named, page: at, change }) {
        const [body, ...others] = seatedBodies(press, named);
        requireDiscretion(directory, press, body.id);
        if (others.length > 0) return whichBodyCard(press.texts, [body, ...others], 'seat.list');
        const refused = change !== undefined && !leads(press.actor, body.id);
        const reason = press.texts('errors.directory.leadersOnly');
        return list(press, body, at, refused ? { tone: 'warning', text: reason } : undefined);
      },
    }),
    'seat.view': verb({
      input: seatData.extend({ page }),
      audience: 'members of the body',
      async run(press, { body: named, seat, page: at }) {
        const [body] = bodiesMeant(directory, press, { named });
        return view(press, body, seat, at);
      },
    }),
    'seat.form': verb({
      input: placeData.extend({ person: blank }),
      audience: 'leader of the body',
      run: (press, { person = null, ...data }) => placeForm(press, bodyToChange(press, data.body), data, person),
    }),
    'seat.set': verb({
      input: placeData.extend({ edit: oneOfForm, seen: blank, person: blank, from: blank, to: blank }),
      audience: 'leader of the body',
      async run(press, { edit, seen, person, from, to, ...data }) {
        const body = bodyToChange(press, data.body);
        const { seat, as } = data;
        const reader = { ...press, directory: directory.require(press.actor.tenant) };
        return submitted(reader, { person, from, to }, holdingInput(edit === undefined), {
          async done(chosen) {
            const who = await personNamed(press, body, chosen.person);
            const term = { from: chosen.from, to: chosen.to };
            await directory.change(press.actor, {
              ...{ do: 'setHolder', body: body.id, seat, as, person: who, ...term, seen },
            });
            const said = press.texts('seat.saved', { name: withoutMarkdown(who.name) });
            return afterwards(press, body, view(press, body, seat, 0, { tone: 'good', text: said }));
          },
          again: (form) => placeForm(press, body, data, edit ? (person ?? null) : null, form),
        });
      },
    }),
    'seat.end': verb({
      input: placeData.extend({ person: z.string().max(200), confirmed: oneOfForm }),
      audience: 'leader of the body',
      async run(press, { confirmed, person: id, ...data }) {
        const body = bodyToChange(press, data.body);
        const scene = sceneOf(press, body);
        const { seat, as } = data;
        const person = personId(id);
        const holder = seatIn(scene, seat).holders.find(
          (one) => one.person === person && one.as === as && lastDay(one) >= scene.today,
        );
        if (holder && !confirmed) return endCard(scene, seatIn(scene, seat), holder);
        try {
          await directory.change(press.actor, { do: 'endHolding', body: body.id, seat, as, person });
        } catch (error) {
          return view(press, body, seat, 0, { tone: 'warning', text: explained(error, press, scene.directory) });
        }
        const name = withoutMarkdown(nameOf(scene.directory, person) ?? '');
        const said = press.texts('seat.ended', { name });
        return afterwards(press, body, view(press, body, seat, 0, { tone: 'good', text: said }));
      },
    }),
    'seat.officeForm': verb({
      input: bodyData,
      audience: 'leader of the body',
      run: (press, { body }) => offices(press, bodyToChange(press, body)),
    }),
    'seat.setOffices': verb({
      input: bodyData.extend({ seen: blank, chair: blank, secretary: blank }),
      audience: 'leader of the body',
      async run(press, { body: named, seen, ...inputs }) {
        const body = bodyToChange(press, named);
        const reader = { ...press, directory: directory.require(press.actor.tenant) };
        return submitted(reader, inputs, officeInput, {
          async done({ chair, secretary: id }) {
            const secretary = id === null ? null : await personNamed(press, body, id);
            await directory.change(press.actor, { do: 'setOffices', body: body.id, chair, secretary, seen });
            return afterwards(
              press,
              body,
              list(press, body, 0, { tone: 'good', text: press.texts('seat.officesSaved') }),
            );
          },
          again: (form) => offices(press, body, form),
        });
      },
    }),
  };

  return {
    verbs,
    commands: [seatsCommand],
    offer: (texts, { bodies, body }) => {
      const hasSeats = (body ? [body] : bodies).some(({ kind }) => kind !== 'team');
      return hasSeats ? { buttons: [button(texts('seat.title'), 'seat.list', {}, { overflow: true })] } : {};
    },
  };
}

const seatsCommand = command({
  words: {
    seat: {
      sv: 'platser platserna mandat mandaten',
      fi: 'paikat paikkoja paikkojen',
      en: 'seat seats',
    },
  },
  example: { sv: 'platser', fi: 'paikat', en: 'seats' },
  evidence: ['seat'],
  read: (said) => (said.has('seat') && said.only('seat', 'mine', 'open') ? { verb: 'seat.list' } : null),
});
