import { z } from 'zod';
import { type Card, type Said, withoutMarkdown } from '../../src/cards/elements.ts';
import { type Form, formValues } from '../../src/cards/form.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { type MemberChoice, memberForm, removalCard, teamCard } from '../../src/directory/card.ts';
import { type MemberInput, parseMember } from '../../src/directory/chosen-input.ts';
import { type Body, bodyOf, membersOf, nameOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { type Actor, leads, membershipIn } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import { bodyId, type PersonId, personId } from '../../src/shared/ids.ts';
import type { Texts } from '../../src/shared/text.ts';
import { bodyHere } from './chat.ts';
import { explained } from './error-text.ts';
import { type FormInput, submitted } from './submitted.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

export interface TeamParts {
  directory: DirectoryService;
  conversations: ConversationService;
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

/** The members of a body, and for its leader the means to change them. */
export function teamVerbs({ directory, conversations }: TeamParts): VerbTable {
  /** The body asked for, if the actor belongs to it; else the chat's, else the actor's own. */
  function bodyFor(press: Press, wanted: string | undefined): Body {
    const region = directory.require(press.actor.tenant);
    const own = press.actor.memberships.map((membership) => membership.body);
    const here = bodyHere(directory, press);
    const id = wanted ? bodyId(wanted) : here && own.includes(here.id) ? here.id : own[0];
    const body = id && own.includes(id) ? bodyOf(region, id) : null;
    if (!body) throw new AppError('directory.notAMember');
    return body;
  }

  async function candidates(press: Press, body: Body): Promise<MemberChoice['candidates']> {
    const region = directory.require(press.actor.tenant);
    const members = new Set(membersOf(region, body.id).map((member) => member.person));
    const chat = await conversations.chatOfBody(press.actor.tenant, body.id);
    const roster = chat ? await conversations.roster(press.actor.tenant, chat.conversation) : [];
    return roster
      .filter(({ person, guest }) => !guest && !members.has(person))
      .map(({ person, name }) => ({ title: name, value: person }))
      .sort((a, b) => a.title.localeCompare(b.title));
  }

  async function form(press: Press, body: Body, person: string | undefined, typed?: Form): Promise<Card> {
    requireLeader(press.actor, body);
    const member = memberOf(press, body, person);
    const present = formValues(member ? { profession: member.profession ?? undefined, role: member.role } : {});
    const choice = {
      person: member ? { id: member.person, name: member.name } : null,
      candidates: member ? [] : await candidates(press, body),
    };
    return memberForm(press.texts, body, choice, typed ?? { values: present, errors: {} });
  }

  const memberOf = (press: Press, body: Body, person: string | undefined) =>
    membersOf(directory.require(press.actor.tenant), body.id).find((member) => member.person === person);

  const shown = (press: Press, body: Body, said?: Said): Card =>
    teamCardFor(press.texts, directory, press.actor, body, said);

  return {
    'team.view': verb({
      input: bodyData,
      audience: 'everyone in the directory',
      run: async (press, data) => shown(press, bodyFor(press, data.body)),
    }),
    'team.memberForm': verb({
      input: memberData,
      audience: 'leader of the body',
      run: (press, data) => form(press, bodyFor(press, data.body), data.person),
    }),
    'team.setMember': verb({
      input: memberData.extend({ profession: blank, role: blank }),
      audience: 'leader of the body',
      async run(press, { body: wanted, ...inputs }) {
        const body = bodyFor(press, wanted);
        requireLeader(press.actor, body);
        const reader = { texts: press.texts, directory: directory.require(press.actor.tenant) };
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
        const body = bodyFor(press, wanted);
        requireLeader(press.actor, body);
        const region = directory.require(press.actor.tenant);
        const leaving = personId(person ?? '');
        const name = withoutMarkdown(nameOf(region, leaving) ?? '');
        if (!confirmed) return removalCard(press.texts, body, { id: leaving, name });
        try {
          await directory.change(press.actor, { do: 'removeMember', body: body.id, person: leaving });
        } catch (error) {
          return shown(press, body, { tone: 'warning', text: explained(error, press.texts, region) });
        }
        return shown(press, body, { tone: 'good', text: press.texts('team.removed', { name }) });
      },
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
    return shown(press, body, { tone: 'good', text: press.texts('team.saved', { name: withoutMarkdown(name) }) });
  }

  /** A name comes from the directory or from Teams' roster, never from the card. */
  async function nameOfCandidate(press: Press, body: Body, person: PersonId): Promise<string> {
    const known = memberOf(press, body, person);
    if (known) return known.name;
    const candidate = (await candidates(press, body)).find(({ value }) => value === person);
    if (!candidate) throw new AppError('directory.notInChat');
    return candidate.title;
  }
}

export function teamCardFor(texts: Texts, directory: DirectoryService, actor: Actor, body: Body, said?: Said): Card {
  return teamCard(texts, directory.require(actor.tenant), body, leads(actor, body.id), said);
}

function requireLeader(actor: Actor, body: Body): void {
  if (!membershipIn(actor, body.id)) throw new AppError('directory.notAMember');
  if (!leads(actor, body.id)) throw new AppError('directory.leadersOnly');
}
