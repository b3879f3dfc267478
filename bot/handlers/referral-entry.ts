import { z } from 'zod';
import type { Card } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, type FormValues, shortened } from '../../src/cards/form.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { type Body, bodyOf, type Directory } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { originOf } from '../../src/referrals/arrival.ts';
import { formFields, formLimits, receiptCard, referralForm, toIntakeInput } from '../../src/referrals/form.ts';
import { type Intake, parseIntake } from '../../src/referrals/input.ts';
import type { IntakeService } from '../../src/referrals/intake.ts';
import { listCard, listPageSize } from '../../src/referrals/list-card.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import { referralFilters } from '../../src/referrals/stored.ts';
import type { Actor } from '../../src/shared/actor.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { Texts } from '../../src/shared/text.ts';
import { caseData } from './referrals.ts';
import type { SceneFor } from './scenes.ts';
import { type FormInput, submitted } from './submitted.ts';
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
  submit(actor: Actor, texts: Texts, formId: string, inputs: FormInputs, where: 'chat' | 'dialog'): Promise<Submission>;
}

/** Which page of which list; also what a row's button goes back to. */
const listData = z.object({
  filter: z.enum(referralFilters).default('open'),
  page: z.coerce.number().int().min(0).max(1_000_000).default(0),
  after: z.string().max(200).optional(),
  before: z.string().max(200).optional(),
});
type ListData = z.infer<typeof listData>;

const submitData = z.object({
  formId: z.string().min(1).max(100),
  ...Object.fromEntries(formFields.map((field) => [field, z.string().max(200_000).optional()])),
});

const referralInput = (region: Directory, year: number): FormInput<Intake> => ({
  parse: (input) => parseIntake(toIntakeInput(input), region, year),
  limits: formLimits,
  fieldOf: { 'referral.noTeam': 'municipality' },
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

  function form(actor: Actor, texts: Texts, where: 'chat' | 'dialog', values: FormValues = {}): Card {
    return drawn(actor, texts, { values: shortened(values, formLimits), errors: {} }, { formId: newId(), where });
  }

  function drawn(actor: Actor, texts: Texts, filled: Form, which: Parameters<typeof referralForm>[3]): Card {
    requireKnown(actor);
    return referralForm(texts, directory.require(actor.tenant), filled, which);
  }

  async function submit(
    actor: Actor,
    texts: Texts,
    formId: string,
    inputs: FormInputs,
    where: 'chat' | 'dialog',
  ): Promise<Submission> {
    requireKnown(actor);
    const region = directory.require(actor.tenant);
    const { year } = clock.now().toZonedDateTimeISO(region.policy.timeZone);
    return submitted<Intake, Submission>({ texts, directory: region }, inputs, referralInput(region, year), {
      async done(read) {
        // The same form with the same content is the same referral; filled in anew it is another one.
        const request = { from: `person:${actor.person}`, key: `${formId}\n${JSON.stringify(read)}` };
        const { reference, team } = await intake.handIn(actor.tenant, read, originOf(actor), request);
        const contact = team.contact?.[texts.language] ?? '';
        return { card: receiptCard(texts, { reference, contact }, where === 'chat'), reference };
      },
      again: (filled) => ({ card: drawn(actor, texts, filled, { formId, where }), reference: null }),
    });
  }

  async function list(actor: Actor, { filter, page, ...place }: ListData, chat: string, said?: string): Promise<Card> {
    const team = teamOf(actor, chat);
    const found = await referrals.list(actor, team, filter, place, listPageSize);
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
      input: submitData,
      audience: 'everyone in the directory',
      run: async ({ actor, texts }, { formId, ...values }) => (await submit(actor, texts, formId, values, 'chat')).card,
    }),
    'referral.list': verb({
      input: listData,
      audience: 'team members',
      run: ({ actor, reference }, place) => list(actor, place, reference.conversation),
    }),
    'referral.bring': verb({
      input: caseData.extend(listData.shape),
      audience: 'team members',
      async run({ actor, texts, reference: { conversation } }, { id, placement: _, ...place }) {
        const { reference } = await referrals.bring(actor, id);
        return list(actor, place, conversation, texts('referral.list.brought', { reference }));
      },
    }),
  };
  return { verbs, form, submit };
}
