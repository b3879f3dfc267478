import type { Card } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, filledForm, formValues } from '../../src/cards/form.ts';
import { AppError } from '../../src/shared/errors.ts';
import { type Language, languages } from '../../src/shared/language.ts';
import { parseItem } from '../../src/steering/agenda/input.ts';
import { type ItemStep, itemForm, itemLimits, newerParts } from '../../src/steering/agenda/item-form.ts';
import { type ContentParts, contentAgain } from '../../src/steering/agenda/writings.ts';
import { type TypedContent, type Words, wordFields } from '../../src/steering/model.ts';
import { againWith } from '../../src/steering/newer-card.ts';
import { proposalOf } from '../../src/steering/proposal.ts';
import { keepersOf, maySeeItem, readerOf, requireMember, requireWriter } from '../../src/steering/rights.ts';
import { requireItem } from '../../src/steering/standing.ts';
import type { StoredSitting } from '../../src/steering/stored.ts';
import { isElsewhere } from '../../src/steering/written.ts';
import { type AgendaData, type AgendaPages, type AgendaParts, refOf } from './agenda-pages.ts';
import { submitted } from './submitted.ts';
import type { Press } from './verb.ts';

/** The form of one item of an agenda, from its opening to what becomes of what was typed in it. */

/** What a form is about: an item that is there, or a new one under this id. */
interface FormOf {
  item: string;
  isNew: boolean;
  language: Language;
  seen?: string | undefined;
}

type FormParts = Pick<AgendaParts, 'steering' | 'directory' | 'newId' | 'background'> & { pages: AgendaPages };

export function createAgendaItemForms({ steering, directory, newId, background, pages }: FormParts) {
  const { sceneOf, noted, shown, refused } = pages;

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
  async function opened(press: Press, data: AgendaData, item: string | undefined, language: Language): Promise<Card> {
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

  return { opened, sentIn };
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
