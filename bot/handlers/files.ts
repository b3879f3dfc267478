import { draftOf, fileNameOf } from '../../src/checklists/export.ts';
import type { ChecklistService } from '../../src/checklists/service.ts';
import type { FilePass, FilePasses } from '../../src/documents/file-pass.ts';
import type { Draft } from '../../src/documents/model.ts';
import { contentTypes } from '../../src/documents/write.ts';
import type { MeetingService } from '../../src/meetings/service.ts';
import { letterName, letterOf } from '../../src/meetings/telling/letter.ts';
import type { Actor } from '../../src/shared/actor.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { createQueues } from '../../src/shared/queues.ts';
import { textsFor } from '../../src/shared/text.ts';
import { minutesName, minutesPaper } from '../../src/steering/minutes/paper.ts';
import type { MinutesService } from '../../src/steering/minutes/service.ts';
import { createAllowance } from '../allowance.ts';
import { asFile, confined, type FileAnswer, type FilesApi, page } from './handed-out.ts';
import type { ListSceneFor, MeetingSceneFor } from './scenes.ts';

/** `GET /files/<token>`: hands out what a link of ours promises, to whoever has the link and for as long as it is good. */

/** Files of one person. */
const perMinute = 10;
/** Files that wait for their turn; they are made one by one. */
const mostWaiting = 20;
/** Seconds after which it is worth trying again. */
const retryAfter = 10;

export interface FileParts {
  passes: Pick<FilePasses, 'open'>;
  /** Whoever the pass was issued to, as the directory knows them now. Errors: `directory.unknownTenant`. */
  actorOf: (pass: FilePass) => Actor;
  checklists: Pick<ChecklistService, 'exported'>;
  listSceneFor: ListSceneFor;
  meetings: Pick<MeetingService, 'letter'>;
  meetingSceneFor: MeetingSceneFor;
  minutes: Pick<MinutesService, 'exported'>;
  make: (draft: Draft) => Promise<Uint8Array>;
  clock: Clock;
  /** Told why a file could not be made. */
  onFault: (error: unknown) => void;
}

export function createFilesApi({
  passes,
  actorOf,
  checklists,
  listSceneFor,
  meetings,
  meetingSceneFor,
  minutes,
  make,
  clock,
  onFault,
}: FileParts): FilesApi {
  const allowance = createAllowance(clock);
  const inTurn = createQueues();
  let waiting = 0;

  /** What is to be made; that it goes out is in its log before this resolves. */
  async function asked(pass: FilePass): Promise<{ draft: Draft; name: string }> {
    const actor = actorOf(pass);
    if ('letter' in pass) {
      const { letter, format } = pass;
      const { meeting, occurrence } = await meetings.letter(actor, letter.meeting, { on: letter.on, format });
      const scene = meetingSceneFor(actor, null);
      return {
        draft: { format, paper: letterOf(meeting, occurrence, scene) },
        name: letterName(occurrence, scene.texts),
      };
    }
    if ('minutes' in pass) {
      const { minutes: of, format } = pass;
      const { number, extent, layout } = of;
      const read = await minutes.exported(actor, { body: of.body, id: of.sitting }, { number, extent, format });
      return {
        draft: { format, paper: minutesPaper(read, layout) },
        name: minutesName(read, layout, textsFor(actor.language)),
      };
    }
    const { list: ref, format } = pass;
    const list = await checklists.exported(actor, ref, format);
    const scene = listSceneFor(actor, null);
    return { draft: draftOf(list, format, scene), name: fileNameOf(list, scene) };
  }

  async function hand(pass: FilePass): Promise<FileAnswer> {
    const { draft, name } = await asked(pass);
    const body = await make(draft);
    const { format } = draft;
    const headers = { ...confined, 'Content-Type': contentTypes[format], ...asFile(`${name}.${format}`) };
    return { status: 200, headers, body };
  }

  return async (token) => {
    const opened = passes.open(token);
    if (!opened.ok) return page(opened.why === 'expired' ? 410 : 404, 'fileGone');
    const { tenant, person } = opened.pass;
    const wait = allowance(`${tenant} ${person}`, perMinute);
    if (wait > 0) return page(429, 'busy', { 'Retry-After': wait });
    if (waiting >= mostWaiting) return page(429, 'busy', { 'Retry-After': retryAfter });
    waiting += 1;
    try {
      return await inTurn('files', () => hand(opened.pass));
    } catch (error) {
      // Whoever may not have what it is of, and whoever asks for one that is not there, hear the same.
      if (isAppError(error) && nothing.has(error.code)) return page(404, 'fileGone');
      if (!isAppError(error)) onFault(error);
      return page(503, 'busy', { 'Retry-After': retryAfter });
    } finally {
      waiting -= 1;
    }
  };
}

const nothing: ReadonlySet<string> = new Set([
  'checklist.notFound',
  'meeting.notFound',
  'meeting.noOccurrence',
  'meeting.cancelled',
  'meeting.notPlanned',
  'meeting.over',
  'referral.notFound',
  'agenda.notFound',
  'minutes.notFound',
  'directory.notAMember',
  'directory.unknownTenant',
]);
