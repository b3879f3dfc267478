import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { type Body, bodyOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { originOf } from '../../src/referrals/arrival.ts';
import { type FormValues, formFields, receiptCard, referralForm, toIntakeInput } from '../../src/referrals/form.ts';
import { type FieldProblem, lengthLimits, parseIntake } from '../../src/referrals/input.ts';
import type { IntakeService } from '../../src/referrals/intake.ts';
import { listCard, listPageSize } from '../../src/referrals/list-card.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import { type ReferralFilter, referralFilters } from '../../src/referrals/stored.ts';
import type { Actor } from '../../src/shared/actor.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors.ts';
import { withoutInvisible } from '../../src/shared/normalise.ts';
import type { Texts } from '../../src/shared/text.ts';
import { caseData } from './referrals.ts';
import type { SceneFor } from './scenes.ts';
import { type VerbTable, verb } from './verb.ts';

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
export type Submission = { card: Card; reference: string | null };

export interface ReferralEntry {
  verbs: VerbTable;
  /** The empty form, or with `values` filled in. */
  form(actor: Actor, texts: Texts, where: 'chat' | 'dialog', values?: FormValues): Card;
  submit(actor: Actor, texts: Texts, formId: string, values: FormValues, where: 'chat' | 'dialog'): Promise<Submission>;
  list(actor: Actor, filter: ReferralFilter, page: number, chat: string, said?: string): Promise<Card>;
}

/** Which page of which list; also what a row's button goes back to. */
const listData = z.object({
  filter: z.enum(referralFilters).default('open'),
  page: z.coerce.number().int().min(0).max(99).default(0),
});

const formValues = z.object({
  formId: z.string().min(1).max(100),
  ...Object.fromEntries(formFields.map((field) => [field, z.string().max(200_000).optional()])),
});

/** The doors of a case: the form, the list, and bringing a card to the bottom of the chat. */
export function createReferralEntry(parts: EntryParts): ReferralEntry {
  const { directory, conversations, referrals, intake, sceneFor, clock, newId } = parts;

  /** Handing in is for the people of the region's bodies; others have the HTTP intake or an expert to talk to. */
  function requireKnown(actor: Actor): void {
    if (actor.memberships.length === 0) throw new AppError('directory.notAMember');
  }

  /** The team whose chat it is, if the actor belongs to it; elsewhere the actor's own. */
  function teamOf(actor: Actor, chat: string): Body {
    const region = directory.require(actor.tenant);
    const here = region.chats.find(({ conversation }) => conversation === chat)?.body;
    const teams = actor.memberships.map(({ body }) => bodyOf(region, body)).filter((body) => body?.kind === 'team');
    const team = teams.find((body) => body?.id === here) ?? teams[0];
    if (!team) throw new AppError('referral.notInATeam');
    return team;
  }

  function form(
    actor: Actor,
    texts: Texts,
    where: 'chat' | 'dialog',
    values: FormValues = {},
    problems: FieldProblem[] = [],
    formId = newId(),
  ): Card {
    requireKnown(actor);
    return referralForm(texts, directory.require(actor.tenant), { values: shortened(values), problems, formId, where });
  }

  async function submit(
    actor: Actor,
    texts: Texts,
    formId: string,
    values: FormValues,
    where: 'chat' | 'dialog',
  ): Promise<Submission> {
    requireKnown(actor);
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

  async function list(actor: Actor, filter: ReferralFilter, page: number, chat: string, said?: string): Promise<Card> {
    const team = teamOf(actor, chat);
    const found = await referrals.list(actor, team, filter, page, listPageSize);
    const teamChat = await conversations.chatOfBody(actor.tenant, team.id);
    const inTeamChat = teamChat?.conversation === chat;
    return listCard({ ...found, filter, page, inTeamChat, said }, sceneFor(actor, null));
  }

  const verbs: VerbTable = {
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
      audience: 'team members',
      run: ({ actor, reference }, { filter, page }) => list(actor, filter, page, reference.conversation),
    }),
    'referral.bring': verb({
      input: caseData.extend(listData.shape),
      audience: 'team members',
      async run({ actor, texts, reference }, { id, filter, page }) {
        const referral = await referrals.bring(actor, id, newId());
        return list(
          actor,
          filter,
          page,
          reference.conversation,
          texts('list.brought', { reference: referral.reference }),
        );
      },
    }),
  };
  return { verbs, form, submit, list };
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
