import {
  banner,
  button,
  type Card,
  type CardElement,
  card,
  columns,
  container,
  heading,
  plain,
  type Said,
  subheading,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { type Form, field, formCard } from '../cards/form.ts';
import { type Choice, choiceField } from '../cards/inputs.ts';
import { professions, type Role } from '../shared/actor.ts';
import type { Texts } from '../shared/text.ts';
import { type Body, type BodyKind, type Directory, type Member, membersOf } from './model.ts';

/** Whose eyes: the leader gets the buttons to change it; what everybody reads has one that leads the leader there. */
export type TeamReader = 'everybody' | 'member' | 'leader';

/** A body's members with profession and role. */
export function teamCard(texts: Texts, directory: Directory, body: Body, reader: TeamReader, said?: Said): Card {
  const members = membersOf(directory, body.id);
  const municipalities = directory.municipalities
    .filter((municipality) => municipality.team === body.id)
    .map((municipality) => municipality.name[texts.language]);
  const title = body.name[texts.language];
  return card(texts, {
    speak: title,
    body: [
      ...(said ? [banner(said.tone, said.text)] : []),
      heading(title),
      ...(municipalities.length > 0 ? [text(municipalities.join(', '), { isSubtle: true, spacing: 'None' })] : []),
      subheading(texts('team.members', { count: members.length })),
      ...members.map((member) => {
        const about = aboutMember(member, texts, directory, body);
        const line: CardElement[] = [
          text(withoutMarkdown(member.name), { weight: 'Bolder' }),
          text(about, { spacing: 'None', size: 'Small', isSubtle: true }),
        ];
        const edit = button(texts('team.edit'), 'team.memberForm', { body: body.id, person: member.person });
        return reader === 'leader' ? columns(line, [{ type: 'ActionSet', actions: [edit] }]) : container(line);
      }),
    ],
    actions: {
      everybody: [button(texts('team.change'), 'team.view', { body: body.id, change: 1 })],
      member: [],
      leader: [button(texts('team.add'), 'team.memberForm', { body: body.id }, { primary: true })],
    }[reader],
  });
}

/** Profession, whose seat they hold, and what they are in the body; of a member the last only where there is nothing else. */
function aboutMember(
  { profession, seat, role, office }: Member,
  texts: Texts,
  { seats }: Directory,
  body: Body,
): string {
  const held = seats.find((one) => one.body === body.id && one.id === seat);
  const known = [
    ...(profession ? [texts(`profession.${profession}`)] : []),
    ...(held ? [plain(held.name, texts)] : []),
    ...(office ? [texts(`role.${office}`)] : []),
  ];
  const saysRole = role !== 'member' || known.length === 0;
  return [...known, ...(saysRole ? [roleText(texts, body.kind, role)] : [])].join(' · ');
}

export function roleText(texts: Texts, kind: BodyKind, role: Role): string {
  return role === 'leader' ? texts(`role.${kind}Leader`) : texts(`role.${role}`);
}

/** Who is given a profession and a role. */
export interface MemberChoice {
  /** The member who is edited; null for a new one. */
  person: { id: string; name: string } | null;
  /** Who may be added: people of the chat who are not members yet; null when the body has no chat. */
  candidates: readonly Choice[] | null;
}

export function memberForm(texts: Texts, body: Body, { person, candidates }: MemberChoice, form: Form): Card {
  const data = { body: body.id, ...(person && { person: person.id }) };
  const title = person ? texts('team.editTitle', { name: withoutMarkdown(person.name) }) : texts('team.addTitle');
  if (!person && !candidates?.length) {
    return card(texts, {
      speak: title,
      body: [heading(title), text(texts(candidates ? 'team.nobodyToAdd' : 'team.noChat'))],
      actions: [button(texts('actions.back'), 'team.view', { body: body.id })],
    });
  }
  const filled = { ...form, values: { role: 'member', ...form.values } };
  const removal = { destructive: true, overflow: true, withoutInputs: true };
  return formCard(texts, form, {
    title,
    fields: [
      ...(person
        ? []
        : choiceField({
            ...field(filled, 'person'),
            label: texts('team.person'),
            choices: candidates ?? [],
            hint: texts('form.choose'),
          })),
      ...choiceField({
        ...field(filled, 'profession'),
        label: texts('team.profession'),
        choices: professions.map((profession) => ({ title: texts(`profession.${profession}`), value: profession })),
        hint: texts('form.choose'),
      }),
      ...choiceField({
        ...field(filled, 'role'),
        label: texts('team.role'),
        choices: rolesFor(filled).map((role) => ({ title: roleText(texts, body.kind, role), value: role })),
        expanded: true,
      }),
    ],
    submit: { title: texts('team.save'), verb: 'team.setMember', data },
    cancel: { verb: 'team.view', data: { body: body.id } },
    others: person ? [button(texts('team.remove'), 'team.removeMember', data, removal)] : [],
  });
}

/** A leader, or what they are by their seat, which is none of this form’s to change. */
function rolesFor({ values }: Pick<Form, 'values'>): readonly Role[] {
  return [values.role === 'substitute' ? 'substitute' : 'member', 'leader'];
}

/** Asked before somebody is taken out of the body. */
export function removalCard(texts: Texts, body: Body, person: { id: string; name: string }): Card {
  const title = texts('team.removeTitle', { name: person.name });
  const data = { body: body.id, person: person.id };
  return card(texts, {
    speak: title,
    body: [heading(title), text(texts('team.removeLead'))],
    actions: [
      button(texts('team.remove'), 'team.removeMember', { ...data, confirmed: 1 }, { destructive: true }),
      button(texts('form.cancel'), 'team.memberForm', data),
    ],
  });
}
