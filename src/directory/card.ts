import {
  banner,
  button,
  type Card,
  type CardElement,
  card,
  columns,
  container,
  heading,
  type Said,
  subheading,
  text,
  withoutMarkdown,
} from '../cards/elements.ts';
import { type Choice, choiceField } from '../cards/inputs.ts';
import { professions, type Role, roles } from '../shared/actor.ts';
import type { Texts } from '../shared/text.ts';
import { type Body, type BodyKind, type Directory, membersOf } from './model.ts';

/** A body's members with profession and role; its leader also gets the buttons to change them. */
export function teamCard(texts: Texts, directory: Directory, body: Body, leader: boolean, said?: Said): Card {
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
        const about = [
          ...(member.profession ? [texts(`profession.${member.profession}`)] : []),
          ...(member.role === 'member' ? [] : [roleText(texts, body.kind, member.role)]),
        ].join(' · ');
        const line: CardElement[] = [
          text(withoutMarkdown(member.name), { weight: 'Bolder' }),
          text(about, { spacing: 'None', size: 'Small', isSubtle: true }),
        ];
        const edit = button(texts('team.edit'), 'team.memberForm', { body: body.id, person: member.person });
        return leader ? columns(line, [{ type: 'ActionSet', actions: [edit] }]) : container(line);
      }),
    ],
    actions: leader ? [button(texts('team.add'), 'team.memberForm', { body: body.id }, { primary: true })] : [],
  });
}

export function roleText(texts: Texts, kind: BodyKind, role: Role): string {
  return role === 'leader' ? texts(`role.${kind}Leader`) : texts(`role.${role}`);
}

export interface MemberForm {
  /** The member who is edited; null for a new one. */
  person: { id: string; name: string } | null;
  /** Who may be added: people of the chat who are not members yet. */
  candidates: readonly Choice[];
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
}

export function memberForm(texts: Texts, body: Body, form: MemberForm): Card {
  const { person, candidates, values, errors } = form;
  const field = (id: string) => ({ id, value: values[id], error: errors[id] });
  const data = { body: body.id, ...(person && { person: person.id }) };
  const title = person ? texts('team.editTitle', { name: withoutMarkdown(person.name) }) : texts('team.addTitle');
  const back = button(texts('referral.actions.back'), 'team.view', { body: body.id }, { withoutInputs: true });
  if (!person && candidates.length === 0) {
    return card(texts, {
      speak: title,
      body: [heading(title), text(texts('team.nobodyToAdd'))],
      actions: [back],
    });
  }
  return card(texts, {
    speak: title,
    body: [
      heading(title),
      ...(person
        ? []
        : choiceField({
            ...field('person'),
            label: texts('team.person'),
            choices: candidates,
            hint: texts('form.choose'),
          })),
      ...choiceField({
        ...field('profession'),
        label: texts('team.profession'),
        choices: professions.map((profession) => ({ title: texts(`profession.${profession}`), value: profession })),
        hint: texts('form.choose'),
      }),
      ...choiceField({
        ...field('role'),
        value: values.role ?? 'member',
        label: texts('team.role'),
        choices: roles
          .filter((role) => role !== 'substitute' || body.kind === 'steering')
          .map((role) => ({ title: roleText(texts, body.kind, role), value: role })),
        expanded: true,
      }),
    ],
    actions: [
      button(texts('team.save'), 'team.setMember', data, { primary: true }),
      ...(person
        ? [
            button(texts('team.remove'), 'team.removeMember', data, {
              destructive: true,
              overflow: true,
              withoutInputs: true,
            }),
          ]
        : []),
      back,
    ],
  });
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
      button(texts('referral.actions.back'), 'team.memberForm', data),
    ],
  });
}
