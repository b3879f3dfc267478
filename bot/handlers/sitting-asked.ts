import { isAppError } from '../../src/shared/errors.ts';
import { sureCard } from '../../src/steering/meeting/sure-card.ts';
import type { Asked } from '../../src/steering/model.ts';
import { type AgendaPages, type AgendaParts, refOf } from './agenda-pages.ts';
import { explained } from './error-text.ts';
import { itemWith } from './sitting-item-form.ts';
import { keeper, type SittingPages } from './sitting-pages.ts';
import { verb } from './verb.ts';

/** Where something speaks against what somebody presses, and nothing keeps it from being done, it is asked first. */
export function createAskedFirst(
  { steering, pages }: Pick<AgendaParts, 'steering'> & { pages: AgendaPages },
  { refused, drawn, meetingOf }: SittingPages,
) {
  const { sceneOf, noted } = pages;

  /** It is asked again where that is another by now. */
  return (name: Asked) =>
    verb({
      input: itemWith(['sure', 'asked', name === 'undecide' ? 'seen' : 'on']),
      ...keeper,
      async run(press, { item: id, sure, seen, on, asked = sure ? undefined : null, ...data }) {
        try {
          const command = { do: name, item: id, seen, on, asked };
          const next = await steering.record(press.actor, refOf(data), command, data.placement ?? null);
          return await drawn(press, data, next, { item: id, said: press.texts(`sitting.saidThanks.${name}`) });
        } catch (error) {
          const stored = isAppError(error, 'sitting.unsure') ? await steering.lastSeen(press.actor, refOf(data)) : null;
          const meeting = stored && meetingOf(press, stored);
          const item = meeting?.reading.items.find((one) => one.id === id);
          const scene = sceneOf(press, data);
          const wrong = asked === null ? undefined : explained(error, press, scene.directory);
          const question = meeting && item ? sureCard(meeting, item, name, { seen, wrong }, scene) : null;
          if (!question || !stored) return refused(press, data, error, id);
          await noted(press, data, stored, id);
          return question;
        }
      },
    });
}
