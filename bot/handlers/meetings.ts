import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { whichBodyCard } from '../../src/directory/choice-card.ts';
import { bodyOf, bodyOfChat } from '../../src/directory/model.ts';
import { confirmCard } from '../../src/meetings/cards/anyway-cards.ts';
import { letterCard } from '../../src/meetings/cards/letter-card.ts';
import { meetingsCard } from '../../src/meetings/cards/list-card.ts';
import type { Listing } from '../../src/meetings/listing.ts';
import { comings, type Occurrence } from '../../src/meetings/model.ts';
import { mayManage, mayPropose } from '../../src/meetings/rights.ts';
import { requireInvitation } from '../../src/meetings/transition.ts';
import { passMinutes } from '../../src/shared/sealed.ts';
import { bodiesMeant, requireDiscretion } from './body.ts';
import { despite, nameOfAll } from './meeting-doubts.ts';
import { type MeetingPages, type MeetingParts, meetingData, on } from './meeting-pages.ts';
import { type Press, type VerbTable, verb } from './verb.ts';

/** What comes, a meeting as it stands, and who comes to it. */
export function meetingVerbs({ meetings, directory, fileLink, pages }: MeetingParts & { pages: MeetingPages }) {
  const { act, actWeighed, refused, sceneOf, shown } = pages;

  /** In a chat everybody reads the answer to a command: what its body has, and what is nobody's alone. */
  async function list(press: Press, whose: Listing['whose'], named: string | undefined, page: number): Promise<Card> {
    const scene = sceneOf(press, {});
    const here = bodyOfChat(scene.directory, press.reference.conversation);
    const plans = scene.directory.bodies.some((one) => mayPropose(one, press.actor));
    if (whose !== 'body') {
      const [body = null, ...others] = here
        ? [here]
        : press.actor.memberships.flatMap((one) => bodyOf(scene.directory, one.body) ?? []);
      const coming = await meetings.list(press.actor, { whose });
      const known = others.length === 0 ? body : null;
      return meetingsCard({ whose, body: known, coming, person: press.actor.person, page, plans }, scene);
    }
    const [body, ...others] = bodiesMeant(directory, press, { named });
    requireDiscretion(directory, press, body.id);
    if (others.length > 0) return whichBodyCard(press.texts, [body, ...others], 'meeting.list', { whose });
    const openly = press.readBy === 'chat';
    const person = openly ? null : press.actor.person;
    const coming = await meetings.list(press.actor, { whose, body: body.id, openly });
    return meetingsCard({ whose, body, coming, person, page, plans }, scene);
  }

  return {
    'meeting.list': verb({
      input: z.object({
        whose: z.enum(['mine', 'body', 'region']).optional(),
        body: z.string().max(200).optional(),
        page: z.int().min(0).max(1_000).default(0),
      }),
      audience: 'everyone in the directory',
      run(press, { whose = press.reference.kind === 'personal' ? 'mine' : 'body', body, page }) {
        return list(press, press.readBy === 'chat' ? 'body' : whose, body, page);
      },
    }),
    'meeting.view': verb({
      input: meetingData.extend({ on: on.optional(), manage: z.literal(1).optional() }),
      audience: 'invited people',
      async run(press, { on: about = null, manage, ...data }) {
        // Teams draws a card anew by itself, on another screen too: whoever fills in a form has not left it by that.
        const meeting = press.automatic
          ? await meetings.view(press.actor, data.id)
          : await meetings.closeForm(press.actor, data.id, data.placement ?? null);
        const refused = manage !== undefined && !mayManage(meeting, press.actor);
        const said = { tone: 'warning', text: press.texts('errors.directory.leadersOnly') } as const;
        return shown(press, data, meeting, { on: about, ...(refused && { said }) });
      },
    }),
    'meeting.reply': verb({
      input: meetingData.extend({ on, start: z.string().max(20).optional(), coming: z.enum(comings) }),
      audience: 'invited people',
      run: (press, { on: about, start, coming, ...data }) =>
        act(press, data, { do: 'reply', on: about, start, coming }, { on: about }),
    }),
    'meeting.letter': verb({
      input: meetingData.extend({ on }),
      audience: 'invited people',
      async run(press, { on: about, ...data }) {
        const { tenant, person } = press.actor;
        const meeting = await meetings.view(press.actor, data.id);
        const scene = sceneOf(press, data);
        let occurrence: Occurrence;
        try {
          ({ occurrence } = requireInvitation(meeting, about, scene));
        } catch (error) {
          return refused(press, data, error, { on: about });
        }
        return letterCard(meeting, occurrence, scene, {
          to: (language, format) =>
            fileLink({ tenant, person, language, letter: { meeting: data.id, on: about }, format }),
          minutes: passMinutes,
        });
      },
    }),
    'meeting.confirm': verb({
      input: meetingData.extend({ despite: despite.optional() }),
      audience: 'leader of the body',
      run: (press, { despite: known = null, ...data }) =>
        actWeighed(press, data, { do: 'confirm' }, known, (meeting, doubts, scene) => {
          if (doubts.length === 0) return null;
          const name = nameOfAll(doubts);
          return { name, draw: () => confirmCard(meeting, { doubts, despite: name }, scene) };
        }),
    }),
  } satisfies VerbTable;
}
