import type { Directory } from '../../../../../src/directory/model.ts';
import { type Cadence, cadencesOf } from '../../../../../src/meetings/cadence/cadence.ts';
import type { MeetingKind } from '../../../../../src/meetings/model.ts';
import { type MeetingPolicy, meetingSettings } from '../../../../../src/meetings/settings.ts';
import type { StoredMeeting } from '../../../../../src/meetings/stored.ts';
import { type BodyId, bodyId } from '../../../../../src/shared/ids.ts';
import { calendar, exampleDirectory, lojo } from '../../../../support/builders.ts';
import { meeting } from '../../../../support/meetings.ts';

/** The rhythms of the example region, as they stand on a day. */

export const management = bodyId('management:vastra-nyland');
export const steering = bodyId('steering:vastra-nyland');
export const usual = meetingSettings.parse({}).cadence;
export const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** At ten in Helsinki. */
export const at = (day: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(`${day}T10:00`).toZonedDateTime('Europe/Helsinki').toInstant();

/** Held, or to be held, once on that day at 13. */
export function once(day: string, kind: MeetingKind = 'meeting', body: BodyId = lojo): StoredMeeting {
  return meeting(
    { kind, body, plan: { one: { start: `${day}T13:00`, minutes: 60 }, repeat: null } },
    { id: `${kind} ${day}` },
  );
}

export interface Looked {
  directory?: Directory;
  cadence?: Partial<MeetingPolicy['cadence']>;
  since?: string;
}

export function all(
  day: string,
  meetings: readonly StoredMeeting[],
  { directory = exampleDirectory(), cadence = {}, since = day }: Looked = {},
) {
  const policy = { cadence: { ...usual, ...cadence } };
  return cadencesOf(meetings, { directory, calendar, policy, now: at(day), since: () => since });
}

export function one(
  day: string,
  meetings: readonly StoredMeeting[],
  looked: Looked & { body?: BodyId; kind?: MeetingKind } = {},
): Cadence {
  const { body = lojo, kind = 'meeting' } = looked;
  const found = all(day, meetings, looked).find((cadence) => cadence.body.id === body && cadence.kind === kind);
  if (!found) throw new Error('It is watched.');
  return found;
}
