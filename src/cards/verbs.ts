/**
 * Every verb that a card of ours can carry, `<feature>.<action>`. Old cards stay clickable for ever, so a verb is never
 * given another meaning. `docs/cards.md` lists them with inputs and rights; a test keeps it true.
 */
export const verbs = [
  'help.show',
  'chat.bind',
  'chat.welcome',
  'language.choose',
  'language.set',
  'team.view',
  'team.memberForm',
  'team.setMember',
  'team.removeMember',
  'referral.form',
  'referral.submit',
  'referral.list',
  'referral.view',
  'referral.bring',
  'referral.claim',
  'referral.release',
  'referral.assignForm',
  'referral.assign',
  'referral.askForm',
  'referral.ask',
  'referral.assessForm',
  'referral.assess',
  'referral.details',
  'referral.decisionForm',
  'referral.decide',
  'referral.reopen',
  'local.actAsForm',
  'local.actAs',
  'local.sampleReferral',
] as const;
export type Verb = (typeof verbs)[number];

export function isVerb(value: string): value is Verb {
  return (verbs as readonly string[]).includes(value);
}
