import { z } from 'zod';
import { button, type Card } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, filledForm, formValues } from '../../src/cards/form.ts';
import { plainCard, privatelyCard } from '../../src/conversations/card.ts';
import { whichBodyCard, whichToReadCard } from '../../src/directory/choice-card.ts';
import { isTeam } from '../../src/directory/model.ts';
import { comings } from '../../src/meetings/model.ts';
import { membershipIn } from '../../src/shared/actor.ts';
import { AppError } from '../../src/shared/errors.ts';
import { type Language, languages } from '../../src/shared/language.ts';
import { ways } from '../../src/shared/order.ts';
import { parseItem } from '../../src/steering/agenda/input.ts';
import { type ItemStep, itemForm, itemLimits, newerParts } from '../../src/steering/agenda/item-form.ts';
import { sendCard } from '../../src/steering/agenda/send-card.ts';
import { type ContentParts, contentAgain } from '../../src/steering/agenda/writings.ts';
import { taskOf } from '../../src/steering/meeting/task-card.ts';
import { type TypedContent, type Words, wordFields } from '../../src/steering/model.ts';
import { againWith } from '../../src/steering/newer-card.ts';
import { proposalOf } from '../../src/steering/proposal.ts';
import { recipientsOf, substitutesOf } from '../../src/steering/recipients.ts';
import {
  hasAgenda,
  keepersOf,
  maySeeItem,
  readerOf,
  requireKeeper,
  requireMember,
  requireWriter,
} from '../../src/steering/rights.ts';
import { requireItem } from '../../src/steering/standing.ts';
import type { StoredSitting } from '../../src/steering/stored.ts';
import { isElsewhere } from '../../src/steering/written.ts';
import { createDocuments } from './agenda-documents.ts';
import {
  type AgendaData,
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
import { submitted } from './submitted.ts';
import type { DrawTasks, TaskSource } from './tasks.ts';
import { type Press, type VerbsOf, verb } from './verb.ts';

/** The agenda of a body that decides: it grows, it goes out, and people say whether they come. */
export function agendaFeature(parts: AgendaParts & MinutesParts & { drawTasks: DrawTasks }): Feature {
  const { steering, meetings, directory, newId, background } = parts;
  const pages = createAgendaPages(parts);
  const { sceneOf, bodiesOf, looked, noted, shown, decisions, act, refused } = pages;
  const documents = createDocuments({ ...parts, pages });

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

  /** What a form is about: an item that is there, or a new one under this id. */
  interface FormOf {
    item: string;
    isNew: boolean;
    language: Language;
    seen?: string | undefined;
  }

  function stepOf(press: Press, data: AgendaData, sitting: StoredSitting, of: FormOf): ItemStep {
    const scene = sceneOf(press, data);
    const { language } = scene.texts;
    const item = of.isNew ? null : requireItem(sitting, of.item);
    return {
      ref: refOf(data),
      item: { id: of.item, isNew: of.isNew },
      language: of.language,
      named: item?.code ? scene.texts(`agenda.item.${item.code}`, { year: item.year ?? 0 }) : null,
      usual: (item && proposalOf(item, nothing)[language]) ?? null,
      words: item ? steering.content(sitting, of.item, of.language).words : nothing,
      isProposal: of.isNew && !keepersOf(sitting.body, scene.directory).includes(press.actor.person),
      seen: of.seen,
      scene,
    };
  }

  /** What they may not see they get no form of, whatever is wrong in it. Errors: those of `requireMember`, `agenda.noItem`. */
  function requireSeen({ actor }: Press, sitting: StoredSitting, { item, isNew }: FormOf): void {
    const region = directory.require(actor.tenant);
    requireMember(sitting.body, actor, region);
    const isSeen = isNew || maySeeItem(sitting, requireItem(sitting, item), readerOf(sitting, actor.person, region));
    if (!isSeen) throw new AppError('agenda.noItem');
  }

  /** Opens what the presser may fill in; otherwise the agenda says why not. */
  async function formOpened(
    press: Press,
    data: AgendaData,
    item: string | undefined,
    language: Language,
  ): Promise<Card> {
    const { actor } = press;
    const region = directory.require(actor.tenant);
    try {
      const sitting = await steering.openForm(actor, refOf(data), data.placement ?? null, (stored) => {
        requireMember(stored.body, actor, region);
        if (item !== undefined) requireWriter(stored, item, actor, region);
      });
      if (item === undefined)
        return itemForm(
          stepOf(press, data, sitting, { item: newId(), isNew: true, language }),
          filledForm({ kind: 'discussion', presenter: 'nobody', confidential: 'false' }),
        );
      if (requireItem(sitting, item).confidential) await steering.look(actor, refOf(data), item);
      const { parts, seen } = steering.content(sitting, item, language);
      const of = { item, isNew: false, language, seen };
      return itemForm(stepOf(press, data, sitting, of), filledForm(inputsOf(parts)));
    } catch (error) {
      return refused(press, data, error, { item });
    }
  }

  async function sentIn(press: Press, data: AgendaData, inputs: FormInputs, of: FormOf): Promise<Card> {
    const { actor, texts } = press;
    const sitting = await steering.lastSeen(actor, refOf(data));
    try {
      requireSeen(press, sitting, of);
    } catch (error) {
      return refused(press, data, error);
    }
    const step = stepOf(press, data, sitting, of);
    const placement = data.placement ?? null;
    return submitted<TypedContent, Card>(
      { ...press, directory: step.scene.directory },
      inputs,
      {
        parse: (values) =>
          parseItem(values, { language: of.language, named: step.named !== null || isCalled(sitting, of) }),
        limits: itemLimits,
        fieldOf: { 'directory.unknownMember': 'presenter', 'agenda.untitled': 'title' },
      },
      {
        async done(content) {
          const press_ = of.isNew
            ? ({ do: 'add', item: of.item, content } as const)
            : ({ do: 'change', item: of.item, content, seen: of.seen } as const);
          const next = await steering.act(actor, refOf(data), press_, placement);
          const said = of.isNew ? (step.isProposal ? 'proposed' : 'added') : 'saved';
          return shown(press, data, next, {
            item: of.item,
            said: { tone: 'good', text: texts(`agenda.said.${said}`) },
          });
        },
        async again(filled, overtaken) {
          background(() => steering.openForm(actor, refOf(data), placement));
          if (overtaken) return overtakenForm(press, data, of, overtaken, filled);
          // It shows what is said in other languages, whatever was typed.
          await noted(press, data, sitting, of.item);
          return itemForm(step, filled);
        },
      },
    );
  }

  /** With what its sender has changed, what they left alone as others have made it, and what both have changed above it. */
  async function overtakenForm(
    press: Press,
    data: AgendaData,
    of: FormOf,
    content: TypedContent,
    filled: Form,
  ): Promise<Card> {
    const sitting = await steering.lastSeen(press.actor, refOf(data));
    try {
      requireSeen(press, sitting, of);
    } catch (error) {
      return refused(press, data, error);
    }
    await noted(press, data, sitting, of.item);
    const now = steering.content(sitting, of.item, of.language);
    const step = stepOf(press, data, sitting, { ...of, seen: now.seen });
    const { parts, theirs } = contentAgain(of.seen, content, now);
    const newer = newerParts(now.parts, theirs, step);
    const besides = wordFields.filter((field) => isElsewhere(now.words[field], of.language));
    const isBeside = theirs.length > 0 && theirs.every((part) => besides.some((field) => field === part));
    const again = { ...filled, values: formValues(inputsOf(parts)) };
    return itemForm(step, againWith(again, newer, isBeside ? 'errors.form.beside' : null, step.scene));
  }

  /** It is called something in another language already. */
  function isCalled(sitting: StoredSitting, { item, isNew, language }: FormOf): boolean {
    if (isNew) return false;
    const { title } = steering.content(sitting, item, language).words;
    return languages.some((other) => other !== language && title[other] !== undefined);
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
      run: (press, { item, language = press.texts.language, ...data }) => formOpened(press, data, item, language),
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
        return sentIn(press, data, inputs, of);
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

/** Of what nobody has written anything of. */
const nothing = { title: {}, background: {}, proposal: {} } as const satisfies Omit<Words, 'links'>;

/** As the form's inputs have it. */
function inputsOf({
  title,
  background,
  proposal,
  kind,
  presenter,
  minutes,
  links,
  confidential,
}: ContentParts): FormInputs {
  return {
    title,
    background,
    proposal,
    kind,
    presenter: presenter ?? 'nobody',
    minutes: minutes === null ? '' : String(minutes),
    links: links.join('\n'),
    confidential: String(confidential),
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
