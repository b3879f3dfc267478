import { z } from 'zod';
import { lengthText } from '../../src/cards/places.ts';
import { bodyOf } from '../../src/directory/model.ts';
import { cadenceCard, putOffCard } from '../../src/meetings/cadence/cadence-card.ts';
import type { CadenceService } from '../../src/meetings/cadence/cadence-service.ts';
import { startText } from '../../src/meetings/cards/words-card.ts';
import { meetingKinds } from '../../src/meetings/model.ts';
import { AppError } from '../../src/shared/errors.ts';
import { bodyId } from '../../src/shared/ids.ts';
import { bodiesMeant, requireDiscretion } from './body.ts';
import type { MeetingParts } from './meeting-pages.ts';
import type { MeetingPlanning } from './meeting-planning.ts';
import { type VerbTable, verb } from './verb.ts';

export interface CadenceParts extends MeetingParts {
  cadences: CadenceService;
}

const ref = z.object({ body: z.string().max(200).transform(bodyId), kind: z.enum(meetingKinds) });

/** How bodies keep the rhythm of their meetings, and the meeting that a leader is asked to find a time for. */
export function meetingCadences({
  cadences,
  directory,
  meetingSceneFor,
  planning,
}: CadenceParts & { planning: Pick<MeetingPlanning, 'opened'> }) {
  return {
    'meeting.cadence': verb({
      input: z.object({ body: z.string().max(200).optional(), page: z.int().min(0).max(1_000).default(0) }),
      audience: 'everyone in the directory',
      async run(press, { body: named, page }) {
        const { actor } = press;
        const all = await cadences.view(actor);
        const scene = meetingSceneFor(actor, null);
        // In a chat everybody reads the answer to a command: what is its body's.
        if (named === undefined && press.readBy === 'presser')
          return cadenceCard({ body: null, cadences: all, actor, page }, scene);
        const [body] = bodiesMeant(directory, press, { named });
        requireDiscretion(directory, press, body.id);
        return cadenceCard({ body, cadences: all.filter((one) => one.body.id === body.id), actor, page }, scene);
      },
    }),
    'meeting.findTime': verb({
      input: ref,
      audience: 'leader of the body',
      async run(press, { body, kind }) {
        const { cadence, slots } = await cadences.toFind(press.actor, { body, kind });
        const scene = meetingSceneFor(press.actor, null);
        const zone = scene.calendar.timeZone;
        const { last } = cadence;
        const values = {
          body,
          ...(kind !== 'meeting' && { kind }),
          times: slots.map((slot) => startText(slot, { zone }, scene)).join('\n'),
          ...(last && { length: lengthText(last.minutes, press.texts) }),
          ...(last?.place.where && { where: last.place.where }),
          ...(last?.place.online && { online: 'yes' }),
        };
        return planning.opened(press, values, { mode: 'several', alone: true });
      },
    }),
    'meeting.putOff': verb({
      input: ref.extend({ until: z.iso.date().max(10) }),
      audience: 'leader of the body',
      async run(press, { body, kind, until }) {
        await cadences.putOff(press.actor, { body, kind }, until);
        const scene = meetingSceneFor(press.actor, null);
        const known = bodyOf(scene.directory, body);
        if (!known) throw new AppError('directory.unknownBody');
        return putOffCard({ body: known, kind }, until, scene);
      },
    }),
  } satisfies VerbTable;
}
