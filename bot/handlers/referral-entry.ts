import { z } from 'zod';
import type { Card, CardMessage } from '../../src/cards/elements.ts';
import { type Form, type FormInputs, type FormValues, shortened } from '../../src/cards/form.ts';
import type { ConversationService } from '../../src/conversations/service.ts';
import { whichBodyCard } from '../../src/directory/choice-card.ts';
import { type Body, bodyOfChat, type Directory } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import { originOf } from '../../src/referrals/arrival.ts';
import {
  closedForm,
  type FormReceipt,
  formFields,
  formLimits,
  receiptCard,
  referralForm,
  toIntakeInput,
  type WhichForm,
} from '../../src/referrals/form.ts';
import { type Intake, parseIntake } from '../../src/referrals/input.ts';
import type { IntakeService } from '../../src/referrals/intake.ts';
import { listCard, listPageSize } from '../../src/referrals/list-card.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import { referralFilters } from '../../src/referrals/stored.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { ConversationId } from '../../src/shared/ids.ts';
import type { Texts } from '../../src/shared/text.ts';
import { bodiesMeant, requireDiscretion, textsOfChat } from './body.ts';
import type { Dialog } from './feature.ts';
import { caseData } from './referrals.ts';
import type { SceneFor } from './scenes.ts';
import type { SharedAnswers } from './shared-answers.ts';
import { type FormInput, submitted } from './submitted.ts';
import { type Press, readInput, type VerbTable, verb } from './verb.ts';

export interface EntryParts {
  directory: DirectoryService;
  conversations: ConversationService;
  referrals: ReferralService;
  intake: IntakeService;
  answers: SharedAnswers;
  sceneFor: SceneFor;
  clock: Clock;
  newId: () => string;
  /** What goes on after the press is answered. */
  background: (work: () => Promise<unknown>) => void;
}

/** What handing in a form led to: the receipt, or the form again with what is wrong. */
type Submission = { card: Card; reference: string | null };

/** Which page of which list; also what a row's button goes back to. */
const pageData = z.object({
  filter: z.enum(referralFilters).default('open'),
  page: z.coerce.number().int().min(0).max(1_000_000).default(0),
  after: z.string().max(200).optional(),
  before: z.string().max(200).optional(),
});
/** `body` is a team, for people of several. */
const listData = pageData.extend({ body: z.string().max(200).optional() });

const alone = z.literal(1).optional();
const formId = z.string().min(1).max(100);

const submitData = z.object({
  formId,
  alone,
  ...Object.fromEntries(formFields.map((field) => [field, z.string().max(200_000).optional()])),
});

const referralInput = (region: Directory, year: number): FormInput<Intake> => ({
  parse: (input) => parseIntake(toIntakeInput(input), region, year),
  limits: formLimits,
  fieldOf: { 'referral.noTeam': 'municipality' },
});

/** The doors of a case: the form, the list, and bringing a card to the bottom of the chat. */
export function createReferralEntry(parts: EntryParts) {
  const { directory, conversations, referrals, intake, answers, sceneFor, clock, newId, background } = parts;

  function form(press: Press, which: Omit<WhichForm, 'formId'>, values: FormValues = {}): Card {
    const id = newId();
    const empty = { ...shortened(values, formLimits), errors: {} };
    return answers.showing(drawn(press, empty, { ...which, formId: id }), nameOf(press, id));
  }

  function drawn({ actor, texts }: Press, filled: Form, which: WhichForm): Card {
    return referralForm(texts, directory.require(actor.tenant), filled, which);
  }

  /** Only who asked for a form closes it for everybody: nobody takes away what another one is writing. */
  const nameOf = ({ by }: Press, id: string): string => `form ${id} of ${by.person}`;

  /** Which case it became is for its team's chat and the referrer's own; elsewhere it has been handed in, and that is all. */
  function close(press: Press, id: string, team: Body | null, receiptIn: (texts: Texts) => FormReceipt | null): void {
    const drawLine = (conversation: ConversationId): CardMessage => {
      const texts = textsOfChat(directory, press, conversation);
      const here = bodyOfChat(directory.require(press.actor.tenant), conversation);
      const isOwn = press.reference.kind === 'personal' && press.reference.conversation === conversation;
      const told = team && (isOwn || here?.id === team.id ? receiptIn(texts) : 'elsewhere');
      const card = closedForm(texts, told);
      return { card, summary: card.speak ?? '' };
    };
    background(() => answers.close(nameOf(press, id), drawLine));
  }

  async function submit(press: Press, which: WhichForm, inputs: FormInputs): Promise<Submission> {
    const { actor, texts } = press;
    const region = directory.require(actor.tenant);
    const { year } = clock.now().toZonedDateTimeISO(region.policy.timeZone);
    return submitted<Intake, Submission>({ ...press, directory: region }, inputs, referralInput(region, year), {
      async done(read) {
        // The same form with the same content is the same referral; filled in anew it is another one.
        const request = { from: `person:${actor.person}`, key: `${which.formId}\n${JSON.stringify(read)}` };
        const { reference, team } = await intake.handIn(actor.tenant, read, originOf(actor), request);
        const receiptIn = ({ language }: Texts): FormReceipt => ({
          reference,
          contact: team.contact?.[language] ?? '',
        });
        close(press, which.formId, team, receiptIn);
        return { card: receiptCard(texts, receiptIn(texts), which), reference };
      },
      again: (filled) => ({ card: drawn(press, filled, which), reference: null }),
    });
  }

  async function list(
    { actor, reference }: Press,
    team: Body,
    { filter, page, ...place }: z.output<typeof pageData>,
    more: { said?: string; oneOfSeveral?: boolean } = {},
  ): Promise<Card> {
    const found = await referrals.list(actor, team, filter, place, listPageSize);
    const teamChat = await conversations.chatOfBody(actor.tenant, team.id);
    const inTeamChat = teamChat?.conversation === reference.conversation;
    const view = { ...found, filter, page, inTeamChat, said: more.said, team: more.oneOfSeveral ? team : undefined };
    return listCard(view, sceneFor(actor, null));
  }

  const verbs = {
    'referral.form': verb({
      input: z.object({ alone }),
      audience: 'everyone in the directory',
      // A command is answered by a message that is the form's alone.
      run: async (press, data) => form(press, { where: 'chat', alone: data.alone === 1 || press.activityId === null }),
    }),
    'referral.submit': verb({
      input: submitData,
      audience: 'everyone in the directory',
      async run(press, { formId: id, alone: only, ...values }) {
        return (await submit(press, { formId: id, where: 'chat', alone: only === 1 }, values)).card;
      },
    }),
    'referral.cancel': verb({
      input: z.object({ formId }),
      audience: 'everyone in the directory',
      async run(press, data) {
        close(press, data.formId, null, () => null);
        return closedForm(press.texts, null);
      },
    }),
    'referral.list': verb({
      input: listData,
      audience: 'members of a team',
      async run(press, { body, ...data }) {
        const [team, ...others] = bodiesMeant(directory, press, { named: body, kind: 'team' });
        requireDiscretion(directory, press, team.id);
        const { filter } = data;
        if (others.length > 0) return whichBodyCard(press.texts, [team, ...others], 'referral.list', { filter });
        return list(press, team, data, { oneOfSeveral: body !== undefined });
      },
    }),
    'referral.bring': verb({
      input: caseData.extend(pageData.shape),
      audience: 'team members',
      async run(press, { id, placement: _, ...data }) {
        const { reference, team } = await referrals.bring(press.actor, id);
        const [body] = bodiesMeant(directory, press, { named: team });
        const here = bodyOfChat(directory.require(press.actor.tenant), press.reference.conversation)?.id === team;
        const said = press.texts(here ? 'referral.list.brought' : 'referral.list.broughtThere', { reference });
        return list(press, body, data, { said });
      },
    }),
  } satisfies VerbTable;

  /** The message action: what was written goes into the sealed field, to be read and corrected before it is sent. */
  const newReferral: Dialog = {
    open: async (press, narrative) => ({
      title: press.texts('referral.form.title'),
      card: form(press, { where: 'dialog', alone: false }, { narrative }),
    }),
    async submit(press, data) {
      const { formId: id, alone: _, ...values } = readInput(submitData, data);
      const { card, reference } = await submit(press, { formId: id, where: 'dialog', alone: false }, values);
      return { title: press.texts(reference ? 'referral.form.done' : 'referral.form.title'), card };
    },
  };
  return { verbs, dialogs: { newReferral } };
}
