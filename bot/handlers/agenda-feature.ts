import { z } from 'zod';
import { button, type Card } from '../../src/cards/elements.ts';
import { plainCard, privatelyCard } from '../../src/conversations/card.ts';
import { whichBodyCard, whichToReadCard } from '../../src/directory/choice-card.ts';
import { isTeam } from '../../src/directory/model.ts';
import { comings } from '../../src/meetings/model.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import { languages } from '../../src/shared/language.ts';
import { ways } from '../../src/shared/order.ts';
import { sendCard } from '../../src/steering/agenda/send-card.ts';
import { taskOf } from '../../src/steering/meeting/task-card.ts';
import { recipientsOf, substitutesOf } from '../../src/steering/recipients.ts';
import { hasAgenda, requireKeeper } from '../../src/steering/rights.ts';
import { createDocuments } from './agenda-documents.ts';
import { createAgendaItemForms } from './agenda-item-form.ts';
import {
  type AgendaParts,
  agendaData,
  createAgendaPages,
  itemId,
  longText,
  page,
  refOf,
  typed,
} from './agenda-pages.ts';
import { command } from './command.ts';
import type { Feature } from './feature.ts';
import type { MinutesParts } from './minutes-pages.ts';
import { minutesCommand, minutesVerbs } from './minutes-verbs.ts';
import { sittingVerbs } from './sitting-verbs.ts';
import type { DrawTasks, TaskSource } from './tasks.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

/** The agenda of a body that decides: it grows, it goes out, and people say whether they come. */
export function agendaFeature(parts: AgendaParts & MinutesParts & { drawTasks: DrawTasks }): Feature {
  const { steering, meetings, directory, newId } = parts;
  const pages = createAgendaPages(parts);
  const { sceneOf, bodiesOf, looked, shown, decisions, act, refused } = pages;
  const documents = createDocuments({ ...parts, pages });
  const itemForms = createAgendaItemForms({ ...parts, pages });

  async function open(press: Press, named: string | undefined): Promise<Card> {
    const { actor, texts, readBy } = press;
    // What grows is its body's alone, and everybody reads the answer to a command.
    if (readBy === 'chat') return privatelyCard(texts, 'agenda', 'agenda.open');
    const [body, ...others] = bodiesOf(press, named);
    if (!body) throw new AppError('agenda.noAgenda');
    if (others.length > 0) return whichToReadCard(press, [body, ...others], 'agenda.open');
    const sitting = await steering.agenda(actor, body.id);
    if (!sitting) return plainCard(texts, texts('agenda.none.title'), texts('agenda.none.lead'));
    return shown(press, { body: body.id, sitting: sitting.id }, sitting);
  }

  const ofItem = (name: 'accept' | 'decline' | 'remove' | 'restore') =>
    verb({
      input: agendaData.extend({ item: itemId }),
      audience: name === 'remove' ? 'members of the agenda’s body' : 'keepers of the agenda',
      run: (press, { item, ...data }) => act(press, data, { do: name, item }, { item }),
    });

  const verbs: VerbsOf<'agenda'> = {
    'agenda.open': verb({
      input: z.object({ body: z.string().max(200).optional() }),
      audience: 'everyone in the directory',
      run: (press, { body }) => open(press, body),
    }),
    'agenda.decisions': verb({
      input: z.object({ body: z.string().max(200).optional(), page: z.int().min(0).max(1_000).default(0) }),
      audience: 'members of the agenda’s body',
      async run(press, { body: named, page: at }) {
        const { texts, readBy } = press;
        if (readBy === 'chat') return privatelyCard(texts, 'decisions', 'agenda.decisions');
        // Of a body that was chosen it is said why not, and no other is offered that its members alone read of.
        const all = bodiesOf(press, named);
        const [body, ...others] = named === undefined ? all.filter(({ id }) => membershipIn(press.actor, id)) : all;
        if (!body && named === undefined) throw new AppError('agenda.noBodyOfYours');
        if (!body) throw new AppError('agenda.noAgenda');
        if (others.length > 0) return whichBodyCard(texts, [body, ...others], 'agenda.decisions');
        return decisions(press, body, { page: at });
      },
    }),
    'agenda.view': verb({
      input: agendaData.extend({ item: itemId.optional(), page }),
      audience: 'readers of the agenda',
      async run(press, { item, page: at, ...data }) {
        const seen = await looked(press, data, item);
        return shown(press, data, seen, { item, page: at });
      },
    }),
    'agenda.itemForm': verb({
      input: agendaData.extend({ item: itemId.optional(), language: z.enum(languages).optional() }),
      audience: 'members of the agenda’s body',
      run: (press, { item, language = press.texts.language, ...data }) => itemForms.opened(press, data, item, language),
    }),
    'agenda.saveItem': verb({
      input: agendaData.extend({
        item: itemId.optional(),
        newId: z.uuid().max(36).optional(),
        language: z.enum(languages).optional(),
        seen: typed(200),
        title: longText,
        background: longText,
        proposal: longText,
        links: longText,
        kind: typed(20),
        presenter: typed(60),
        minutes: typed(20),
        confidential: typed(10),
      }),
      audience: 'members of the agenda’s body',
      run(press, { body, sitting, placement, item, newId: own, language = press.texts.language, seen, ...inputs }) {
        const data = { body, sitting, ...(placement && { placement }) };
        const of = { item: item ?? own ?? newId(), isNew: item === undefined, language, seen };
        return itemForms.sentIn(press, data, inputs, of);
      },
    }),
    'agenda.accept': ofItem('accept'),
    'agenda.decline': ofItem('decline'),
    'agenda.remove': ofItem('remove'),
    'agenda.restore': ofItem('restore'),
    'agenda.move': verb({
      input: agendaData.extend({ item: itemId, way: z.enum(ways), past: itemId }),
      audience: 'keepers of the agenda',
      run: (press, { item, way, past, ...data }) => act(press, data, { do: 'move', item, way, past }, { item }),
    }),
    'agenda.document': documents.verb,
    'agenda.send': verb({
      input: agendaData.extend({ sure: z.literal(1).optional() }),
      audience: 'keepers of the agenda',
      async run(press, { sure, ...data }) {
        if (sure) {
          const said = { tone: 'good', text: press.texts('agenda.said.sent') } as const;
          return act(press, data, { do: 'send' }, { said });
        }
        const sitting = await steering.view(press.actor, refOf(data));
        const scene = sceneOf(press, data);
        try {
          requireKeeper(sitting, press.actor, scene.directory);
          if (!sitting.holding) throw new AppError('agenda.noMeeting');
        } catch (error) {
          return refused(press, data, error);
        }
        return sendCard(
          steering.read(sitting, press.actor.person),
          recipientsOf(sitting, scene.directory).length,
          scene,
        );
      },
    }),
    'agenda.reply': verb({
      input: agendaData.extend({ coming: z.enum(comings) }),
      audience: 'members of the agenda’s body',
      async run(press, { coming, ...data }) {
        const { actor, texts } = press;
        const sitting = await steering.view(actor, refOf(data));
        const { holding, body, comings: known } = sitting;
        try {
          if (!holding) throw new AppError('agenda.noMeetingLeft');
          await meetings.act(actor, holding.meeting, { do: 'reply', on: holding.on, coming }, null);
        } catch (error) {
          return refused(press, data, error);
        }
        const isAlone = substitutesOf(body, actor.person, directory.require(actor.tenant)).length === 0;
        const key = coming === 'no' && isAlone ? 'noAlone' : coming;
        const said = { tone: 'good', text: texts(`agenda.replied.${key}`) } as const;
        // The meeting knows it from now on; the agenda hears of it in a moment, and so do its other cards.
        return shown(press, data, { ...sitting, comings: { ...known, [actor.person]: coming } }, { said });
      },
    }),
  };

  return {
    verbs: { ...verbs, ...sittingVerbs({ ...parts, pages }), ...minutesVerbs({ ...parts, pages }) },
    commands: [agendaCommand, decisionsCommand, minutesCommand],
    received: documents.received,
    // A team has no agenda, and its people have more to do.
    offer: (texts, { bodies }) => ({
      buttons: bodies.some(hasAgenda)
        ? [button(texts('help.agenda'), 'agenda.open', {}, { overflow: bodies.some(isTeam) })]
        : [],
    }),
  };
}

/** What somebody is to do by what their bodies have settled. */
export function agendaTasks({
  steering,
  agendaSceneFor,
}: Pick<AgendaParts, 'steering' | 'agendaSceneFor'>): TaskSource {
  return async (actor) => {
    const scene = agendaSceneFor(actor, null);
    return (await steering.tasks(actor)).map((open) => {
      const { sitting, item } = open;
      const noted = () => steering.look(actor, sitting, item.id);
      return { ...taskOf(open, scene), ...(item.confidential && { noted }) };
    });
  };
}

const agendaCommand = command({
  words: {
    agenda: {
      sv: 'föredragningslista föredragningslistan föredragningslistor agenda dagordning dagordningen',
      fi: 'esityslista esityslistan esityslistaa asialista asialistan',
      en: 'agenda agendas',
    },
  },
  example: { sv: 'föredragningslista', fi: 'esityslista', en: 'agenda' },
  evidence: ['agenda'],
  read: (said) => (said.has('agenda') && said.only('agenda', 'open') ? { verb: 'agenda.open' } : null),
});

const decisionsCommand = command({
  words: {
    decisions: {
      sv: 'beslut besluten',
      fi: 'päätös päätökset päätöksiä',
      en: 'decision decisions',
    },
  },
  example: { sv: 'beslut', fi: 'päätökset', en: 'decisions' },
  evidence: ['decisions'],
  read: (said) => (said.has('decisions') && said.only('decisions', 'open') ? { verb: 'agenda.decisions' } : null),
});
