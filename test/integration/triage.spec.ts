import { expect } from 'chai';
import type { Placement } from '../../src/delivery/model.ts';
import type { ChatBinding, KnownDirectory } from '../../src/directory/model.ts';
import { labelOf } from '../../src/referrals/codes.ts';
import { referralDeliverable } from '../../src/referrals/deliverable.ts';
import { conversationId } from '../../src/shared/ids.ts';
import { textsFor } from '../../src/shared/text.ts';
import { startTestApp } from '../support/app.ts';
import {
  calendar,
  exampleDirectory,
  lojo,
  monday,
  people,
  raseborg,
  referral,
  reminders,
  triage,
  unused,
} from '../support/builders.ts';
import {
  answered,
  cardsOf,
  example,
  handIn,
  handInByForm,
  pressOn,
  privately,
  shown,
  sv,
  type TestApp,
  verbsOn,
} from '../support/seed.ts';
import { type ShiftingClock, shiftingClock } from '../support/shifting-clock.ts';
import { textOf } from '../support/teams/cards.ts';
import type { TeamsUser } from '../support/teams/world.ts';

describe('triage in the chat', () => {
  let app: TestApp;
  let clock: ShiftingClock;
  beforeEach(async () => {
    clock = shiftingClock();
    app = await startTestApp({ clock });
    await app.chat.installBot(app.people.maria);
  });
  afterEach(async () => {
    expect(app.teams.violations).to.deep.equal([]);
    await app.stop();
  });

  /** A new case whose card stands in the chat. */
  async function caseInChat(fields: object = {}): Promise<string> {
    const reference = await handIn(app, { ...fields });
    await shown(app.chat, reference);
    return reference;
  }
  const waiting = sv('referral.state.waiting');
  const taken = (user: TeamsUser): string => sv('referral.state.taken', { name: user.name });
  const assess = (user: TeamsUser, reference: string, worry = '2', note?: string) =>
    pressOn(app.chat, user, reference, 'referral.assess', {
      worry,
      recommendation: 'accept',
      ...(note && { note }),
    });
  const heard = (have: number): string => sv('referral.assessments.title', { have, needed: 2 });

  it('shows a new referral in the chat by its reference and codes, and nobody by name', async () => {
    const reference = await caseInChat({ urgency: 'atOnce' });
    const text = textOf((await shown(app.chat, reference)).activity);
    expect(reference).to.match(/^LOJ-2026-\d{4}$/);
    for (const word of ['Stöld', '12–14 år', 'Pojke', 'Skola', 'Oro', 'Genast', waiting]) expect(text).to.include(word);
    for (const secret of ['Elliot', 'Exempelsson', 'kuratorn', 'vardagskvällar']) expect(text).to.not.include(secret);
  });

  it('changes the card for everybody with every step, up to the decision', async () => {
    const { petri, sofia, niina } = app.people;
    const reference = await caseInChat();
    const { chat } = app;
    const card = await shown(chat, reference, [waiting]);

    const claimed = await chat.press(petri, card, 'referral.claim');
    expect(answered(claimed)).to.include(taken(petri));
    await shown(chat, reference, [taken(petri)]);

    await chat.press(petri, card, 'referral.release');
    await shown(chat, reference, [waiting]);

    await chat.press(petri, card, 'referral.assignForm');
    await chat.press(petri, card, 'referral.assign', { person: sofia.aadObjectId });
    await shown(chat, reference, [taken(sofia)]);

    await chat.press(sofia, card, 'referral.askForm');
    await chat.press(sofia, card, 'referral.ask', { person: niina.aadObjectId });
    await shown(chat, reference, [niina.name]);

    await chat.press(sofia, card, 'referral.assessForm');
    await chat.press(sofia, card, 'referral.assess', { worry: '3', recommendation: 'accept' });
    await shown(chat, reference, [heard(1), '3 av 4', sofia.name]);

    await chat.press(niina, card, 'referral.assessForm');
    await chat.press(niina, card, 'referral.assess', { worry: '2', recommendation: 'discuss' });
    await shown(chat, reference, [heard(2), '3 av 4', '2 av 4']);

    await chat.press(petri, card, 'referral.decisionForm');
    await chat.press(petri, card, sv('referral.decide.accepted'));
    await chat.press(petri, card, 'referral.decide', { reason: 'offence' });
    const decided = await shown(chat, reference, ['Mottagen', petri.name]);
    expect(decided.id, 'one card all the way').to.equal(card.id);
  });

  it('lets only the owner and the team leader give a case back', async () => {
    const { maria, petri, sofia } = app.people;
    const reference = await caseInChat();
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const refused = await pressOn(app.chat, sofia, reference, 'referral.release');
    expect(answered(refused)).to.include(sv('errors.referral.othersToGive', { person: petri.name }));
    await shown(app.chat, reference, [taken(petri)]);
    await pressOn(app.chat, maria, reference, 'referral.release');
    await shown(app.chat, reference, [waiting]);
  });

  it('keeps one assessment for each expert and profession, which its author may change', async () => {
    const { petri, sofia, maria } = app.people;
    const reference = await caseInChat();
    await assess(petri, reference, '1');
    await assess(petri, reference, '4');
    await assess(sofia, reference, '2');
    await assess(maria, reference, '3');
    const text = textOf((await shown(app.chat, reference, [heard(2), maria.name])).activity);
    expect(text).to.include('4 av 4').and.not.include('1 av 4');
    for (const { name } of [petri, sofia, maria]) expect(text.split(name), name).to.have.lengthOf(2);
  });

  it('tells the asked expert and the new owner once in private, and nobody what they did themselves', async () => {
    const { petri, sofia, niina } = app.people;
    const { chat } = app;
    const reference = await caseInChat();
    const asked = sv('notice.asked.title', { reference });
    const assigned = sv('notice.assigned.title', { reference });
    await pressOn(chat, petri, reference, 'referral.ask', { person: niina.aadObjectId });
    await pressOn(chat, petri, reference, 'referral.ask', { person: niina.aadObjectId });
    await pressOn(chat, petri, reference, 'referral.assign', { person: sofia.aadObjectId });
    await pressOn(chat, petri, reference, 'referral.assign', { person: petri.aadObjectId });
    await pressOn(chat, petri, reference, 'referral.ask', { person: petri.aadObjectId });
    await app.teams.waitFor(() => privately(app, sofia, reference).length > 0, 5_000);
    await app.teams.waitFor(() => privately(app, niina, reference).length > 0, 5_000);
    await app.bot.settled();
    expect(privately(app, niina, reference)).to.deep.equal([asked]);
    expect(privately(app, sofia, reference)).to.deep.equal([assigned]);
    expect(privately(app, petri, reference)).to.deep.equal([]);
    for (const user of [niina, sofia]) {
      expect(textOf(app.teams.personalChat(user).last().activity)).to.include(`${petri.name} i Lojo ankarteam`);
    }
  });

  it('offers to hand a case over to those who may, and refuses the others before they have chosen anybody', async () => {
    const { maria, petri, sofia } = app.people;
    const reference = await caseInChat();
    const form = (user: TeamsUser) => pressOn(app.chat, user, reference, 'referral.assignForm');
    expect(verbsOn((await form(sofia)).card ?? {}), 'while nobody has it').to.include('referral.assign');
    await pressOn(app.chat, petri, reference, 'referral.claim');
    for (const user of [petri, maria]) expect(verbsOn((await form(user)).card ?? {})).to.include('referral.assign');
    const refused = await form(sofia);
    expect(answered(refused)).to.include(sv('errors.referral.othersToGive', { person: petri.name }));
    expect(verbsOn(refused.card ?? {})).to.not.include('referral.assign');
    expect(verbsOn(refused.card ?? {})).to.not.include('referral.assignForm');
  });

  it('offers to ask those who have not assessed yet, and nobody to ask themselves', async () => {
    const { maria, petri, sofia, niina, jonas } = app.people;
    const reference = await caseInChat();
    const offered = async (user: TeamsUser): Promise<string[]> => {
      const text = JSON.stringify((await pressOn(app.chat, user, reference, 'referral.askForm')).card);
      return [maria, petri, sofia, niina, jonas].flatMap(({ name, aadObjectId }) =>
        text.includes(`"value":"${aadObjectId}"`) ? [name] : [],
      );
    };
    await assess(sofia, reference);
    expect(await offered(petri)).to.deep.equal([maria.name, niina.name, jonas.name]);
    for (const user of [maria, petri, niina, jonas]) await assess(user, reference);
    expect(await offered(petri)).to.deep.equal([]);
    const nobody = await pressOn(app.chat, petri, reference, 'referral.askForm');
    expect(answered(nobody)).to.include(sv('team.nobodyElse'));
    expect(verbsOn(nobody.card ?? {})).to.deep.equal(['referral.view']);
  });

  it('shows what each has said to whoever decides, up to the last press', async () => {
    const { petri, sofia, jonas } = app.people;
    const reference = await caseInChat();
    await assess(sofia, reference, '4');
    await assess(petri, reference, '2');
    const outcome = await pressOn(app.chat, jonas, reference, 'referral.decisionForm');
    const reason = await pressOn(app.chat, jonas, reference, 'referral.decisionForm', { outcome: 'accepted' });
    for (const card of [outcome, reason]) {
      expect(answered(card)).to.include(heard(2)).and.include(`${sofia.name} · Oro 4 av 4 · Ta emot`);
    }
  });

  it('lets the private message lead on: its button opens the case there', async () => {
    const { petri, niina } = app.people;
    const reference = await caseInChat();
    await pressOn(app.chat, petri, reference, 'referral.ask', { person: niina.aadObjectId });
    const personal = app.teams.personalChat(niina);
    const notice = await personal.waitFor(() => personal.messages.at(-1), 5_000);
    const opened = await personal.press(niina, notice, 'referral.view');
    expect(verbsOn(opened.card ?? {})).to.include('referral.assessForm');
  });

  it('refuses to assign to, or ask, somebody who is no member of the team', async () => {
    const { petri, kaisa } = app.people;
    const reference = await caseInChat();
    for (const verb of ['referral.assign', 'referral.ask'] as const) {
      const refused = await pressOn(app.chat, petri, reference, verb, { person: kaisa.aadObjectId });
      expect(answered(refused), verb).to.include(sv('errors.referral.notAMember'));
    }
    await shown(app.chat, reference, [waiting]);
  });

  it('shows the details to the member who pressed and to nobody else', async () => {
    const { sofia, kaisa } = app.people;
    const reference = await caseInChat({ youngPerson: { ...example.youngPerson, birthYear: 2013 } });
    const card = await shown(app.chat, reference);
    const details = answered(await app.chat.press(sofia, card, 'referral.details'));
    for (const word of ['Elliot Exempelsson', '2013', 'Eva Exempelsson, via kuratorn', example.narrative]) {
      expect(details).to.include(word);
    }
    const refused = answered(await app.chat.press(kaisa, card, 'referral.details'));
    expect(refused).to.include(sv('errors.referral.membersOnly')).and.not.include('Exempelsson');
    expect(app.chat.text()).to.not.include('Exempelsson');
    const back = await app.chat.press(sofia, card, 'referral.view');
    expect(answered(back)).to.include(waiting).and.not.include('Exempelsson');
  });

  it('keeps from the police what social services or health care wrote, until a legal basis is recorded', async () => {
    const { petri, sofia, jonas } = app.people;
    const seenBy = async (user: TeamsUser, reference: string): Promise<string> =>
      answered(await pressOn(app.chat, user, reference, 'referral.details'));
    for (const source of ['social', 'health'] as const) {
      const guarded = await handInByForm(app, jonas, { source });
      await shown(app.chat, guarded);
      const withheld = sv('referral.details.narrativeWithheld', { source: labelOf('source', source, 'sv') });
      expect(await seenBy(petri, guarded), source)
        .to.include(withheld)
        .and.not.include(example.narrative);
      expect(await seenBy(sofia, guarded), source).to.include(example.narrative);
    }
    const consented = await handInByForm(app, jonas, { source: 'social', legalBasis: 'guardianConsent' });
    await shown(app.chat, consented);
    expect(await seenBy(petri, consented)).to.include(example.narrative);
  });

  it('keeps it from the police as well when a social worker names another source', async () => {
    const { petri, sofia } = app.people;
    const reference = await handInByForm(app, sofia, { source: 'school' });
    await shown(app.chat, reference);
    const details = answered(await pressOn(app.chat, petri, reference, 'referral.details'));
    expect(details).to.include(example.youngPerson.name).and.not.include(example.narrative);
  });

  it('shows a note to its author’s profession only', async () => {
    const { petri, sofia, maria } = app.people;
    const reference = await caseInChat();
    await assess(sofia, reference, '2', 'Mamman har bett om stöd.');
    await assess(petri, reference, '2', 'Två tidigare kontakter.');
    const ofPolice = answered(await pressOn(app.chat, petri, reference, 'referral.details'));
    expect(ofPolice).to.include('Två tidigare kontakter.').and.not.include('Mamman');
    expect(ofPolice).to.include(sv('referral.details.notesWithheld', { count: 1 }));
    const ofSocial = answered(await pressOn(app.chat, maria, reference, 'referral.details'));
    expect(ofSocial).to.include('Mamman har bett om stöd.').and.not.include('Två tidigare');
  });

  it('decides only after assessments from two professions', async () => {
    const { petri, sofia, maria, niina } = app.people;
    const reference = await caseInChat();
    await assess(sofia, reference);
    await assess(maria, reference);
    const accept = { outcome: 'accepted', reason: 'offence' };
    const tooFew = sv('errors.referral.moreProfessions', { needed: 2, have: 1 });
    expect(answered(await pressOn(app.chat, petri, reference, 'referral.decisionForm'))).to.include(tooFew);
    expect(answered(await pressOn(app.chat, petri, reference, 'referral.decide', accept))).to.include(tooFew);
    await assess(niina, reference);
    expect(answered(await pressOn(app.chat, petri, reference, 'referral.decide', accept))).to.include('Mottagen');
    const again = await pressOn(app.chat, sofia, reference, 'referral.claim');
    expect(answered(again)).to.include(sv('errors.referral.decided', { person: petri.name }));
  });

  it('lets the team leader decide alone, but not without a reason', async () => {
    const { maria } = app.people;
    const reference = await caseInChat();
    const accept = { outcome: 'accepted', reason: 'offence' };
    const asked = await pressOn(app.chat, maria, reference, 'referral.decide', accept);
    expect(answered(asked)).to.include(sv('errors.referral.aloneReasonNeeded'));
    expect(verbsOn(asked.card ?? {})).to.include('referral.decide');
    await shown(app.chat, reference, [waiting]);
    await pressOn(app.chat, maria, reference, 'referral.decide', { ...accept, alone: 'urgent' });
    await shown(app.chat, reference, ['Mottagen', 'Ärendet tål inte att vänta']);
  });

  it('redirects only to a named service', async () => {
    const { maria } = app.people;
    const reference = await caseInChat();
    const redirect = { outcome: 'redirected', reason: 'betterSupport', alone: 'clearCase' };
    const asked = answered(await pressOn(app.chat, maria, reference, 'referral.decide', redirect));
    expect(asked).to.include(sv('problem.choose'));
    await pressOn(app.chat, maria, reference, 'referral.decide', { ...redirect, service: 'youthWork' });
    await shown(app.chat, reference, ['Hänvisad vidare', 'Uppsökande ungdomsarbete']);
  });

  it('does not take a case on for a coded reason of that outcome', async () => {
    const { maria } = app.people;
    const reference = await caseInChat();
    const refuse = { outcome: 'notTakenOn', alone: 'clearCase' };
    const foreign = await pressOn(app.chat, maria, reference, 'referral.decide', { ...refuse, reason: 'offence' });
    expect(answered(foreign)).to.include(sv('problem.unknownCode'));
    await pressOn(app.chat, maria, reference, 'referral.decide', { ...refuse, reason: 'noConsent' });
    await shown(app.chat, reference, ['Inte mottagen', 'Samtycke som krävs saknas']);
  });

  it('reopens a case within 30 days of the decision and not after, and offers it only so long', async () => {
    const { maria, petri } = app.people;
    const reference = await caseInChat();
    const decide = { outcome: 'accepted', reason: 'offence', alone: 'urgent' };
    await pressOn(app.chat, maria, reference, 'referral.decide', decide);
    await shown(app.chat, reference, ['Mottagen']);
    clock.jump(clock.now().add({ hours: 29 * 24 + 23 }));
    await pressOn(app.chat, petri, reference, 'referral.reopen');
    const again = sv('referral.reopened');
    await shown(app.chat, reference, [waiting, again]);

    await pressOn(app.chat, maria, reference, 'referral.decide', decide);
    const decided = await shown(app.chat, reference, ['Mottagen']);
    expect(textOf(decided.activity), 'it does not wait any more').to.not.include(again);
    clock.jump(clock.now().add({ hours: 30 * 24 + 1 }));
    const late = await pressOn(app.chat, petri, reference, 'referral.reopen');
    expect(answered(late)).to.include(sv('errors.referral.reopenTooLate', { days: 30 }));
    expect(verbsOn(late.card ?? {})).to.deep.equal(['referral.meetingForm', 'referral.details']);
    await shown(app.chat, reference, ['Mottagen']);
  });

  it('shows each person only what they may do', async () => {
    const { maria, petri, sofia } = app.people;
    const reference = await caseInChat();
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const seenBy = async (user: TeamsUser): Promise<string[]> =>
      verbsOn((await pressOn(app.chat, user, reference, 'referral.view')).card ?? {});
    expect(await seenBy(petri))
      .to.include('referral.release')
      .and.not.include('referral.decisionForm');
    const offered = await seenBy(sofia);
    for (const verb of ['referral.release', 'referral.assignForm', 'referral.decisionForm', 'referral.claim']) {
      expect(offered).to.not.include(verb);
    }
    expect(await seenBy(maria)).to.include.members([
      'referral.release',
      'referral.assignForm',
      'referral.decisionForm',
    ]);
    await assess(petri, reference);
    await assess(sofia, reference);
    expect(await seenBy(sofia)).to.include('referral.decisionForm');
  });

  it('answers each person in the language that they chose, and the chat in its own', async () => {
    const { petri } = app.people;
    const fi = textsFor('fi');
    await app.chat.say(petri, 'kieli suomi');
    const reference = await caseInChat();
    const own = answered(await pressOn(app.chat, petri, reference, 'referral.view'));
    expect(own).to.include(fi('referral.state.waiting')).and.not.include(waiting);
    await pressOn(app.chat, petri, reference, 'referral.claim');
    await shown(app.chat, reference, [taken(petri)]);
  });

  it('answers a refresh with the person’s own view and leaves the message as it is', async () => {
    const { petri, sofia } = app.people;
    const reference = await caseInChat();
    await pressOn(app.chat, petri, reference, 'referral.claim');
    const card = await shown(app.chat, reference, [taken(petri)]);
    const before = card.versions.length;
    for (const user of [petri, sofia]) await pressOn(app.chat, user, reference, 'referral.view');
    await app.bot.settled();
    expect(card.versions.length).to.equal(before);
    expect(cardsOf(app.chat, reference)).to.have.lengthOf(1);
  });

  const deliverableIn = (directory: KnownDirectory) =>
    referralDeliverable({
      referrals: unused('referrals'),
      trimmer: unused('trimmer'),
      audit: unused('audit'),
      home: unused('home'),
      directory: { require: () => directory },
      conversations: {
        language: async () => null,
        teamsIds: async (_tenant, people) => people.map((person) => `29:${person}`),
      },
      statistics: unused('statistics'),
      calendarOf: () => calendar,
      policy: { triage, reminders },
      now: () => monday,
      linkTo: () => null,
    });

  it('is barred from the chats of other bodies, and from no other', () => {
    const [own, others, nobodys] = [conversationId('19:1'), conversationId('19:2'), conversationId('19:3')];
    const chats: ChatBinding[] = [
      { body: lojo, conversation: own, setBy: 'file' },
      { body: raseborg, conversation: others, setBy: 'file' },
    ];
    const { isBarredFrom } = deliverableIn({ ...exampleDirectory(), chats });
    expect([own, others, nobodys].map((chat) => isBarredFrom(referral(), chat))).to.deep.equal([false, true, false]);
  });

  it('offers every member whom the bot has met their own view of the shared card', async () => {
    const deliverable = deliverableIn(exampleDirectory());
    const placement: Placement = {
      id: 'placement-1',
      conversation: conversationId(app.chat.id),
      activityId: null,
      shown: 0,
      state: 'live',
    };
    const { card } = await deliverable.message(referral(), placement, monday);
    expect(card.refresh?.action).to.deep.include({
      verb: 'referral.view',
      data: { id: 'LOJ-2026-0001', placement: 'placement-1' },
    });
    const members = [people.maria, people.petri, people.sofia, people.niina, people.jonas];
    expect(card.refresh?.userIds).to.have.members(members.map((person) => `29:${person}`));
  });
});
