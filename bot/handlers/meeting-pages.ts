import { z } from 'zod';
import type { Card, Said } from '../../src/cards/elements.ts';
import { emptyForm, type Form, type FormInputs, type FormValues, formValues } from '../../src/cards/form.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { FilePass } from '../../src/documents/file-pass.ts';
import { meetingCard } from '../../src/meetings/cards/card.ts';
import { type MeetingScene, viewerOf } from '../../src/meetings/cards/words-card.ts';
import type { Doubt } from '../../src/meetings/doubts.ts';
import type { MeetingCommand } from '../../src/meetings/model.ts';
import type { MeetingService } from '../../src/meetings/service.ts';
import type { StoredMeeting } from '../../src/meetings/stored.ts';
import { isAppError } from '../../src/shared/errors.ts';
import { explained } from './error-text.ts';
import { inDoubt } from './meeting-doubts.ts';
import type { Allow, MeetingForm } from './meeting-forms.ts';
import type { MeetingSceneFor } from './scenes.ts';
import { orphanOf } from './shared-card.ts';
import { submitted } from './submitted.ts';
import type { Press } from './verb.ts';

/** The name of a holding: the date that the pattern gives it. */
export const on = z.iso.date().max(10);

/** What every card of a meeting carries. */
export const meetingData = z.object({ id: z.string().max(40), placement: z.string().max(100).optional() });
export type MeetingData = z.infer<typeof meetingData>;

export interface MeetingParts {
  meetings: MeetingService;
  directory: DirectoryService;
  meetingSceneFor: MeetingSceneFor;
  /** The whole address at which the file is handed out. */
  fileLink: (pass: FilePass) => string;
  /** What goes on after the press is answered. */
  background: (work: () => Promise<unknown>) => void;
}

/** What is said above the card, and which holding it is about. */
export interface Shown {
  said?: Said | undefined;
  on?: string | null;
}

/** The card on which a press ends, whichever it was. */
export type MeetingPages = ReturnType<typeof createMeetingPages>;

export function createMeetingPages({ meetings, meetingSceneFor, background }: MeetingParts) {
  const sceneOf = ({ actor }: Press, { placement = null }: { placement?: string | null | undefined }) =>
    meetingSceneFor(actor, placement);

  /** The presser's own view. A card that stands where none should becomes a line. */
  function shown(
    press: Press,
    data: MeetingData,
    meeting: StoredMeeting,
    { said, on: about = null }: Shown = {},
  ): Card {
    const orphan = orphanOf(press, data.placement, meeting.delivery);
    if (orphan) background(() => meetings.retireOrphan(press.actor, meeting.id, orphan));
    const scene = sceneOf(press, data);
    const viewer = viewerOf(meeting, press.actor.person, scene.directory);
    return meetingCard(meeting, scene, { viewer, said, on: about });
  }

  /** Does it, and shows the meeting as it stands now; when it cannot be done, the meeting says why. */
  async function act(press: Press, data: MeetingData, command: MeetingCommand, show: Shown = {}): Promise<Card> {
    try {
      return shown(press, data, await meetings.act(press.actor, data.id, command, data.placement ?? null), show);
    } catch (error) {
      return refused(press, data, error, show);
    }
  }

  /**
   * Does it, once whoever presses has weighed what `against` finds, of which it draws a question; null where nothing speaks
   * against it. `known` is the name of what they were told already.
   */
  async function actWeighed(
    press: Press,
    data: MeetingData,
    command: MeetingCommand,
    known: string | null,
    against: (
      meeting: StoredMeeting,
      doubts: readonly Doubt[],
      scene: MeetingScene,
    ) => { name: string; draw: () => Card } | null,
  ): Promise<Card> {
    let found: ReturnType<typeof against>;
    try {
      const doubts = await meetings.doubts(press.actor, data.id, command);
      found = against(await meetings.lastSeen(press.actor, data.id), doubts, sceneOf(press, data));
    } catch (error) {
      return refused(press, data, error);
    }
    if (!found || found.name === known) return act(press, data, command);
    stillOpen(press, data);
    return found.draw();
  }

  async function refused(press: Press, data: MeetingData, error: unknown, show: Shown = {}): Promise<Card> {
    if (isAppError(error, 'meeting.notFound')) throw error;
    const reason = explained(error, press, sceneOf(press, data).directory);
    const meeting = await meetings.lastSeen(press.actor, data.id);
    return shown(press, data, meeting, { ...show, said: { tone: 'warning', text: reason } });
  }

  /** Opens what `allow` allows; otherwise the meeting says why not, at the holding that was meant. */
  async function opened(
    press: Press,
    data: MeetingData,
    allow: Allow,
    draw: (meeting: StoredMeeting, scene: MeetingScene) => Card,
    show: Shown = {},
  ): Promise<Card> {
    let meeting: StoredMeeting;
    try {
      meeting = await meetings.openForm(press.actor, data.id, data.placement ?? null, allow);
    } catch (error) {
      return refused(press, data, error, show);
    }
    return draw(meeting, sceneOf(press, data));
  }

  const open = <Value>(
    press: Press,
    data: MeetingData,
    { allow, draw }: MeetingForm<Value>,
    show: Shown = {},
  ): Promise<Card> => opened(press, data, allow, (meeting, scene) => draw(meeting, scene, emptyForm), show);

  function sentIn<Value>(
    press: Press,
    data: MeetingData,
    form: MeetingForm<Value>,
    inputs: FormInputs,
    show: Shown = {},
  ): Promise<Card> {
    const scene = sceneOf(press, data);
    const seen = () => meetings.lastSeen(press.actor, data.id);
    const parse = (values: FormValues) => form.parse(values, seen, scene);
    return submitted(
      { ...press, directory: scene.directory },
      inputs,
      { ...form, parse },
      {
        async done(value) {
          const command = form.toCommand(value);
          const doubts = form.weighed ? await meetings.doubts(press.actor, data.id, command) : [];
          const doubted = inDoubt(doubts, form.weighed?.known ?? null, scene);
          if (doubted) return again(press, data, form, { ...doubted, values: formValues(inputs) }, show);
          return shown(press, data, await meetings.act(press.actor, data.id, command, data.placement ?? null), show);
        },
        again: (filled) => again(press, data, form, filled, show),
      },
    );
  }

  /** The form comes again with all that was typed; where the meeting takes it no more, the meeting says why. */
  async function again<Value>(
    press: Press,
    data: MeetingData,
    form: MeetingForm<Value>,
    filled: Form,
    show: Shown,
  ): Promise<Card> {
    const scene = sceneOf(press, data);
    const meeting = await meetings.lastSeen(press.actor, data.id);
    try {
      form.allow(meeting, { ...scene, actor: press.actor });
    } catch (error) {
      return refused(press, data, error, show);
    }
    stillOpen(press, data);
    return (form.again ?? form.draw)(meeting, scene, filled);
  }

  /** What somebody reads or fills in there is left in peace, also when that cannot be noted. */
  function stillOpen(press: Press, data: MeetingData): void {
    background(() => meetings.openForm(press.actor, data.id, data.placement ?? null));
  }

  return { sceneOf, shown, act, actWeighed, refused, opened, open, sentIn, stillOpen };
}
