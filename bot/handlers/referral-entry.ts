import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { whichBodyCard } from '../../src/directory/choice-card.ts';
import type { Body } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { originOf } from '../../src/referrals/arrival.ts';
import { type FormValues, formFields, receiptCard, referralForm, toIntakeInput } from '../../src/referrals/form.ts';
import { type FieldProblem, lengthLimits, parseIntake } from '../../src/referrals/input.ts';
import type { IntakeService } from '../../src/referrals/intake.ts';
import { listCard, listPageSize } from '../../src/referrals/list-card.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import type { Actor } from '../../src/shared/actor.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { withoutInvisible } from '../../src/shared/normalise.ts';
import type { Texts } from '../../src/shared/text.ts';
import { bodiesMeant, requireDiscretion } from './body.ts';
import type { Dialog } from './feature.ts';
import { caseData } from './referrals.ts';
import type { SceneFor } from './scenes.ts';
import { type Press, readInput, type VerbTable, verb } from './verb.ts';

export interface EntryParts {
  directory: DirectoryService;
  conversations: ConversationService;
  referrals: ReferralService;
  intake: IntakeService;
  sceneFor: SceneFor;
  clock: Clock;
  newId: () => string;
}

/** What handing in a form led to: the receipt, or the form again with what is wrong. */
type Submission = { card: Card; reference: string | null };

/** Which page of which list; also what a row's button goes back to. */
const pageData = z.object({
  filter: z.enum(['open', 'mine', 'waiting']).default('open'),
  page: z.coerce.number().int().min(0).max(99).default(0),
});
/** `body` is a team, for people of several. */
const listData = pageData.extend({ body: z.string().max(200).optional() });

const formValues = z.object({
  formId: z.string().min(1).max(100),
  ...Object.fromEntries(formFields.map((field) => [field, z.string().max(200_000).optional()])),
});

/** The doors of a case: the form, the list, and bringing a card to the bottom of the chat. */
export function createReferralEntry(parts: EntryParts) {
  const { directory, conversations, referrals, intake, sceneFor, clock, newId } = parts;

  function form(
    actor: Actor,
    texts: Texts,
    where: 'chat' | 'dialog',
    values: FormValues = {},
    problems: FieldProblem[] = [],
    formId = newId(),
  ): Card {
    return referralForm(texts, directory.require(actor.tenant), { values: shortened(values), problems, formId, where });
  }

  async function submit(
    actor: Actor,
    texts: Texts,
    formId: string,
    values: FormValues,
    where: 'chat' | 'dialog',
  ): Promise<Submission> {
    const region = directory.require(actor.tenant);
    const { year } = clock.now().toZonedDateTimeISO(region.policy.timeZone);
    const parsed = parseIntake(toIntakeInput(values), region, year);
    if (!parsed.ok) return { card: form(actor, texts, where, values, parsed.problems, formId), reference: null };
    // The same form with the same content is the same referral; filled in anew it is another one.
    const request = { from: `person:${actor.person}`, key: `${formId}\n${JSON.stringify(parsed.intake)}` };
    const { reference, team } = await intake.handIn(actor.tenant, parsed.intake, originOf(actor), request);
    const contact = team.contact?.[texts.language] ?? '';
    return { card: receiptCard(texts, { reference, contact }, where === 'chat'), reference };
  }

  async function list(
    { actor, reference }: Press,
    team: Body,
    { filter, page }: z.output<typeof pageData>,
    more: { said?: string; oneOfSeveral?: boolean } = {},
  ): Promise<Card> {
    const found = await referrals.list(actor, team, filter, page, listPageSize);
    const teamChat = await conversations.chatOfBody(actor.tenant, team.id);
    const inTeamChat = teamChat?.conversation === reference.conversation;
    const view = { ...found, filter, page, inTeamChat, said: more.said, team: more.oneOfSeveral ? team : undefined };
    return listCard(view, sceneFor(actor, null));
  }

  const verbs = {
    'referral.form': verb({
      input: z.object({}),
      audience: 'everyone in the directory',
      run: async ({ actor, texts }) => form(actor, texts, 'chat'),
    }),
    'referral.submit': verb({
      input: formValues,
      audience: 'everyone in the directory',
      run: async ({ actor, texts }, { formId, ...values }) =>
        (await submit(actor, texts, formId, definedOnly(values), 'chat')).card,
    }),
    'referral.list': verb({
      input: listData,
      audience: 'members of a team',
      async run(press, { body, ...data }) {
        const [team, ...others] = bodiesMeant(directory, press, { named: body, kind: 'team' });
        requireDiscretion(directory, press, team.id);
        if (others.length > 0) return whichBodyCard(press.texts, [team, ...others], 'referral.list', data);
        return list(press, team, data, { oneOfSeveral: body !== undefined });
      },
    }),
    'referral.bring': verb({
      input: caseData.extend(pageData.shape),
      audience: 'team members',
      async run(press, { id, ...data }) {
        const { reference, team } = await referrals.bring(press.actor, id, newId());
        const [body] = bodiesMeant(directory, press, { named: team });
        return list(press, body, data, { said: press.texts('list.brought', { reference }) });
      },
    }),
  } satisfies VerbTable;

  /** The message action: what was written goes into the sealed field, to be read and corrected before it is sent. */
  const newReferral: Dialog = {
    open: async ({ actor, texts }, narrative) => ({
      title: texts('form.title'),
      card: form(actor, texts, 'dialog', { narrative }),
    }),
    async submit({ actor, texts }, data) {
      const { formId, ...values } = readInput(formValues, data);
      const { card, reference } = await submit(actor, texts, formId, definedOnly(values), 'dialog');
      return { title: reference ? texts('form.done') : texts('form.title'), card };
    },
  };
  return { verbs, dialogs: { newReferral } };
}

function definedOnly(values: Record<string, string | undefined>): FormValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** What is too long for its field is shown cut, so that the form still fits a card; the problem says so. */
function shortened(values: FormValues): FormValues {
  const limits: Readonly<Record<string, number>> = lengthLimits;
  const cut = (key: string, value: string): string => withoutInvisible(value).slice(0, limits[key] ?? 500);
  // Once more after the cut, which may leave half a character.
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, withoutInvisible(cut(key, value))]));
}
