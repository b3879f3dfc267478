import fc from 'fast-check';
import type { Fields } from './teams/world.ts';

/** Values that are not what was asked for. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('__proto__', 'constructor', '\ud800', '\u0000', "' OR 1=1 --", '{{x}}', `$ne`, '../..', '<script>'),
  fc.constantFrom(-1, 1e308, 2 ** 53, Number.MIN_VALUE, '9'.repeat(400)),
);

/** What Teams itself fills in. */
const outer = [
  'type name text locale action value channelData membersAdded membersRemoved replyToId entities id channelId',
  'from.id from.name from.aadObjectId recipient.id conversation.conversationType conversation.isGroup serviceUrl',
  'value.action value.data channelData.tenant channelData.tenant.id channelData.team channelData.channel',
  'conversation conversation.tenantId conversation.id',
]
  .join(' ')
  .split(' ');

/** What a card or a form carries, which anyone can change. */
const inner = [
  'verb data data.id data.placement data.person data.worry data.recommendation data.note data.outcome data.reason',
  'data.service data.alone data.page data.after data.before data.body data.filter data.language data.formId data.role',
  'data.municipality data.source data.basis data.concerns data.ageBand data.gender data.name data.narrative data.move',
]
  .join(' ')
  .split(' ')
  .map((path) => `value.action.${path}`)
  .concat(
    'value.data.formId',
    'value.data.name',
    'value.messagePayload',
    'value.messagePayload.body',
    'value.commandId',
  );

/** One of these activities, changed in one to three places. */
export function changedAtRandom(bases: readonly Fields[]): fc.Arbitrary<Fields> {
  const path = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...inner) },
    { weight: 1, arbitrary: fc.constantFrom(...outer) },
  );
  const changes = fc.array(fc.tuple(path, junk), { minLength: 1, maxLength: 3 });
  return fc.tuple(fc.constantFrom(...bases), changes).map(([base, changed]) => {
    const activity = structuredClone(base);
    for (const [path, value] of changed) put(activity, path.split('.'), value);
    return activity;
  });
}

/** Puts a value at a path, through whatever stands on the way. */
function put(target: Fields, [field = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[field] = value;
    return;
  }
  const inner = target[field];
  const next: Fields = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  put(next, rest, value);
  target[field] = next;
}
