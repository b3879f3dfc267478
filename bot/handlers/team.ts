import { z } from 'zod';
import { button, type Card, type CardMessage, type Said, withoutMarkdown } from '../../src/cards/elements.ts';
import { type Form, formValues } from '../../src/cards/form.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { type MemberChoice, memberForm, removalCard, teamCard } from '../../src/directory/card.ts';
import { whichBodyCard } from '../../src/directory/choice-card.ts';
import { type MemberInput, parseMember } from '../../src/directory/chosen-input.ts';
import { type Body, bodyOfChat, isTeam, membersOf, nameOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { leads } from '../../src/shared/actor.ts';
import { type Clock, inTime } from '../../src/shared/clock.ts';
import { AppError, isAppError } from '../../src/shared/errors.ts';
import { type ConversationId, type PersonId, personId } from '../../src/shared/ids.ts';
import { foldText } from '../../src/shared/normalise.ts';
import { withoutCourtesies } from '../commands/vocabulary.ts';
import type { Vocabulary } from '../commands/word.ts';
import { bodiesMeant, requireDiscretion, textsOfChat } from './body.ts';
import { command } from './command.ts';
import { explained } from './error-text.ts';
import type { Feature } from './feature.ts';
import type { SharedAnswers } from './shared-answers.ts';
import { type FormInput, submitted } from './submitted.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

export interface TeamParts {
  directory: DirectoryService;
  conversations: ConversationService;
  answers: SharedAnswers;
  clock: Clock;
  /** What goes on after the press is answered. */
  background: (work: () => Promise<unknown>) => void;
}

const blank = z.string().max(200).optional();
const bodyData = z.object({ body: blank });
const memberData = z.object({ body: z.string().max(200), person: blank });

const memberInput = ({ kind }: Body): FormInput<MemberInput> => ({
  parse: (input) => parseMember(input, kind),
  limits: {},
  fieldOf: {
    'directory.notInChat': 'person',
    'directory.professionNeeded': 'profession',
    'directory.ownProfession': 'profession',
    'directory.lastLeader': 'role',
  },
});

/** Milliseconds: long enough to read what came of a change and to press on; and to fill in a form. */
const readWithin = 60_000;
const writtenWithin = 5 * 60_000;

/** Milliseconds for Teams to say who is in a chat: a press may ask twice, and is answered within ten seconds. */
const rosterWithin = 3_000;

/** The members of a body, and for its leader the means to change them. */
export function teamFeature({ directory, conversations, answers, clock, background }: TeamParts): Feature {
  /** The body that the card names, which the actor leads. */
  function bodyToChange(press: Press, named: string): Body {
    const [body] = bodiesMeant(directory, press, { named });
    if (!leads(press.actor, body.id)) throw new AppError('directory.leadersOnly');
    return body;
  }

  /** Null when the body has no chat. Errors: `chat.unavailable`, also when Teams takes long; `chat.throttled`. */
  async function candidates(press: Press, body: Body): Promise<MemberChoice['candidates']> {
    const region = directory.require(press.actor.tenant);
    const members = new Set(membersOf(region, body.id).map((member) => member.person));
    const chat = await conversations.chatOfBody(press.actor.tenant, body.id);
    if (!chat) return null;
    const roster = await inTime(clock, rosterWithin, conversations.roster(press.actor.tenant, chat.conversation));
    if (!roster) throw new AppError('chat.unavailable');
    return roster
      .filter(({ person, guest }) => !guest && !members.has(person))
      .map(({ person, name }) => ({ title: name, value: person }))
      .sort((a, b) => a.title.localeCompare(b.title));
  }

  async function form(press: Press, body: Body, person: string | undefined, typed?: Form): Promise<Card> {
    answers.use(press.activityId, press.actor.person, writtenWithin);
    const member = memberOf(press, body, person);
    const present = formValues(member ? { profession: member.profession ?? undefined, role: member.role } : {});
    const choice = {
      person: member ? { id: member.person, name: member.name } : null,
      candidates: member
        ? []
        : await candidates(press, body).catch((error: unknown) => chosenBefore(press, error, typed)),
    };
    return memberForm(press.texts, body, choice, typed ?? { values: present, errors: {} });
  }

  /** While Teams does not say who is in the chat, whoever has been chosen stays so. */
  function chosenBefore({ texts }: Press, error: unknown, typed: Form | undefined): MemberChoice['candidates'] {
    const person = typed?.values.person;
    const isAway = isAppError(error, 'chat.unavailable') || isAppError(error, 'chat.throttled');
    if (!person || !isAway) throw error;
    return [{ title: texts('team.chosen'), value: person }];
  }

  const memberOf = (press: Press, body: Body, person: string | undefined) =>
    membersOf(directory.require(press.actor.tenant), body.id).find((member) => member.person === person);

  /** For the one who pressed, or for everyone who reads the answer to a command. */
  function shown(press: Press, body: Body, said?: Said): Card {
    const region = directory.require(press.actor.tenant);
    if (press.readBy === 'chat') {
      return answers.showing(teamCard(press.texts, region, body, 'everybody'), membersOfName(body));
    }
    return teamCard(press.texts, region, body, leads(press.actor, body.id) ? 'leader' : 'member', said);
  }

  const membersOfName = ({ id }: Body): string => `members of ${id}`;

  /** The members after a change, for the one who made it and for everyone who reads them in a chat. */
  function changed(press: Press, body: Body, said: Said): Card {
    const drawShared = (conversation: ConversationId): CardMessage | null => {
      // A chat that is another's by now learns nothing more of this one's people.
      if (bodyOfChat(directory.require(press.actor.tenant), conversation)?.id !== body.id) return null;
      const texts = textsOfChat(directory, press, conversation);
      const card = teamCard(texts, directory.require(press.actor.tenant), body, 'everybody');
      return { card, summary: card.speak ?? '' };
    };
    answers.use(press.activityId, press.actor.person, readWithin);
    background(() => answers.redraw(membersOfName(body), drawShared));
    return shown(press, body, said);
  }

  const verbs: VerbsOf<'team'> = {
    'team.view': verb({
      input: bodyData.extend({ change: z.literal(1).optional() }),
      audience: 'everyone in the directory',
      async run(press, { body: named, change }) {
        const [body, ...others] = bodiesMeant(directory, press, { named });
        requireDiscretion(directory, press, body.id);
        if (others.length > 0) return whichBodyCard(press.texts, [body, ...others], 'team.view');
        const refused = change !== undefined && !leads(press.actor, body.id);
        const reason = press.texts('errors.directory.leadersOnly');
        return shown(press, body, refused ? { tone: 'warning', text: reason } : undefined);
      },
    }),
    'team.memberForm': verb({
      input: memberData,
      audience: 'leader of the body',
      run: (press, data) => form(press, bodyToChange(press, data.body), data.person),
    }),
    'team.setMember': verb({
      input: memberData.extend({ profession: blank, role: blank }),
      audience: 'leader of the body',
      async run(press, { body: wanted, ...inputs }) {
        const body = bodyToChange(press, wanted);
        const reader = { ...press, directory: directory.require(press.actor.tenant) };
        return submitted(reader, inputs, memberInput(body), {
          done: (chosen) => setMember(press, body, chosen),
          again: (filled) => form(press, body, inputs.person, filled),
        });
      },
    }),
    'team.removeMember': verb({
      input: memberData.extend({ confirmed: z.literal(1).optional() }),
      audience: 'leader of the body',
      async run(press, { body: wanted, person, confirmed }) {
        const body = bodyToChange(press, wanted);
        const region = directory.require(press.actor.tenant);
        const leaving = personId(person ?? '');
        const name = withoutMarkdown(nameOf(region, leaving) ?? '');
        if (!confirmed) return removalCard(press.texts, body, { id: leaving, name });
        try {
          await directory.change(press.actor, { do: 'removeMember', body: body.id, person: leaving });
        } catch (error) {
          return shown(press, body, { tone: 'warning', text: explained(error, press, region) });
        }
        return changed(press, body, { tone: 'good', text: press.texts('team.removed', { name }) });
      },
    }),
  };

  return {
    verbs,
    commands: [teamCommand],
    offer: (texts, { bodies }) => ({
      // Those who meet rarely are seldom asked for.
      buttons: [
        bodies.some(isTeam)
          ? button(texts('help.team'), 'team.view')
          : button(texts('help.members'), 'team.view', {}, { overflow: true }),
      ],
    }),
  };

  async function setMember(press: Press, body: Body, { person, role, profession }: MemberInput): Promise<Card> {
    const name = await nameOfCandidate(press, body, person);
    await directory.change(press.actor, {
      do: 'setMember',
      body: body.id,
      person: { id: person, name },
      role,
      profession,
    });
    return changed(press, body, { tone: 'good', text: press.texts('team.saved', { name: withoutMarkdown(name) }) });
  }

  /** A name comes from the directory or from Teams' roster, never from the card. */
  async function nameOfCandidate(press: Press, body: Body, person: PersonId): Promise<string> {
    const known = memberOf(press, body, person);
    if (known) return known.name;
    const candidate = (await candidates(press, body))?.find(({ value }) => value === person);
    if (!candidate) throw new AppError('directory.notInChat');
    return candidate.title;
  }
}

const teamCommand = command({
  words: {
    team: { sv: 'team teamet', fi: 'tiimi tiimin tiimini tiimiin', en: 'team' },
    member: {
      sv: 'medlem medlemmar medlemmarna',
      fi: 'jäsen jäsenen jäsenet jäseniä',
      en: 'member members',
    },
  },
  example: { sv: 'team', fi: 'tiimi', en: 'team' },
  evidence: ['team', 'member'],
  read(said) {
    if (!said.only('team', 'member', 'mine', 'create', 'add')) return null;
    // A new team is none of the bot's making.
    const isNew = said.has('create') || said.has('add');
    return said.has('member') || (said.has('team') && !isNew) ? { verb: 'team.view' } : null;
  },
  readText: (text, vocabulary) => (addsSomebody(text, vocabulary) ? { verb: 'team.view' } : null),
});

/** In words. */
const longestName = 2;

/** `lägg till Kaisa`, `add Kaisa Sandberg to the team`: the card asks whom, so the name is not looked at. */
function addsSomebody(text: string, { understand }: Vocabulary): boolean {
  const [first, ...others] = withoutCourtesies(text).map((word) => understand(foldText(word)));
  const unknown = others.filter((word) => word === null).length;
  const named = others.flatMap((word) => word?.concept ?? []);
  const isMember = named.every((concept) => concept === 'team' || concept === 'member' || concept === 'mine');
  return first?.concept === 'add' && isMember && unknown > 0 && unknown <= longestName;
}
