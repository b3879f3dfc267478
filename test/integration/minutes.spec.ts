import { expect } from 'chai';
import { strFromU8, unzipSync } from 'fflate';
import { getDocumentProxy } from 'unpdf';
import { seatsOf } from '../../src/directory/seats.ts';
import { bodyId } from '../../src/shared/ids.ts';
import type { TextKey } from '../../src/shared/text.ts';
import { minutesLimits } from '../../src/steering/model.ts';
import { exampleDirectory } from '../support/builders.ts';
import { type MeetingRun, startMeetings, toldPrivately } from '../support/meeting-run.ts';
import { meeting } from '../support/meetings.ts';
import { answered, sv, verbsOn } from '../support/seed.ts';
import { cardOf, executeActions } from '../support/teams/cards.ts';
import type { InvokeAnswer } from '../support/teams/chat.ts';
import { type Fields, isFields, type TeamsUser } from '../support/teams/world.ts';

/** The steering group meets on Thursday 17 December 2026 at 13; times are Helsinki's. */
describe('the minutes of a meeting', () => {
  const body = bodyId('steering:vastra-nyland');
  const region = exampleDirectory();
  const seats = seatsOf(region, body);
  const secret = 'Hemligt ärende';
  let run: MeetingRun;
  let kaisa: TeamsUser;
  let risto: TeamsUser;
  let second: TeamsUser;
  let third: TeamsUser;

  const press = (user: TeamsUser, verb: string, data: Fields = {}): Promise<InvokeAnswer> =>
    run.app.chat.pressOld(user, { type: 'Action.Execute', verb, data: { body, sitting: '1', ...data } });
  const known = async (person: string): Promise<TeamsUser> => {
    const name = region.people.find(({ id }) => id === person)?.name ?? '';
    const user = run.app.teams.addUser({ name, aadObjectId: person });
    await run.app.teams.personalChat(user).say(user, 'hjälp');
    return user;
  };
  const seat = (at: number) => seats[at] ?? { id: '', member: null, substitute: null };
  const state = (number: number, is: 'draft' | 'checking' | 'commented' | 'final'): string =>
    sv(`minutes.state.${is}`, { number });
  const told = (user: TeamsUser, kind: 'minutesCheck' | 'minutesCommented' | 'minutesFinal'): number =>
    toldPrivately(run.app, user).filter((one) => one.includes(sv(`minutes.notice.${kind}`))).length;
  const sent = async (number: number): Promise<InvokeAnswer> => {
    const checkers = [risto, second].map(({ aadObjectId }) => aadObjectId).join(',');
    return press(kaisa, 'minutes.send', { number, checkers });
  };
  const holds = async (number: number): Promise<void> => {
    await sent(number);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number });
    await run.bot().settled();
  };
  /** The meeting is opened again for an item that was forgotten, and closed. */
  async function addForgotten(kind: 'information' | 'decision'): Promise<void> {
    await press(kaisa, 'sitting.reopen');
    const item = { title: 'Glömt ärende', kind, presenter: 'nobody', confidential: 'false' };
    await press(kaisa, 'agenda.saveItem', { ...item, newId: crypto.randomUUID() });
    await press(kaisa, 'sitting.close', { sure: 1 });
  }
  /** Every page of a version, as somebody reads it. */
  async function readWhole(user: TeamsUser, data: Fields = {}): Promise<string> {
    let text = '';
    for (let page = 0; ; page += 1) {
      const answer = await press(user, 'minutes.view', { ...data, page });
      text += answered(answer);
      const goesOn = executeActions(answer.card ?? {}).some(
        ({ action }) => isFields(action.data) && action.data.page === page + 1,
      );
      if (!goesOn) return text;
    }
  }
  const linksOn = ({ card }: InvokeAnswer): Map<string, string> => {
    const found = JSON.stringify(card ?? {}).matchAll(/"title":"([^"]+)","url":"([^"]+)"/g);
    return new Map([...found].map(([, title = '', url = '']) => [title, url]));
  };
  async function file(user: TeamsUser, format: 'docx' | 'pdf', data: Fields): Promise<Uint8Array> {
    const url = linksOn(await press(user, 'minutes.files', data)).get(sv(`minutes.files.${format}`)) ?? '';
    const response = await fetch(url.replace('https://ankarbot.example', run.app.url));
    expect(response.status, url).to.equal(200);
    return new Uint8Array(await response.arrayBuffer());
  }
  const wordsIn = (docx: Uint8Array): string =>
    strFromU8(unzipSync(docx)['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, ' ');

  beforeEach(async () => {
    run = await startMeetings();
    kaisa = run.app.people.kaisa;
    await run.app.teams.personalChat(kaisa).say(kaisa, 'hjälp');
    [risto, second, third] = [
      await known(seat(0).member ?? ''),
      await known(seat(1).member ?? ''),
      await known(seat(4).member ?? ''),
    ];
    await press(kaisa, 'agenda.open', { body });
    const item = { title: secret, kind: 'decision', presenter: 'nobody', confidential: 'true' };
    await press(kaisa, 'agenda.saveItem', { ...item, newId: 'a0000000-0000-4000-8000-00000000000a' });
    const plan = { one: { start: '2026-12-17T13:00', minutes: 60 }, repeat: null };
    await run.send(meeting({ body, title: 'Styrgruppsmöte', plan }, { by: 'kaisa' }));
    await run.bot().settled();
    await press(kaisa, 'agenda.send', { sure: 1 });
    await run.bot().settled();
    await run.to('2026-12-17T12:55');
    const seating = seats.slice(0, 8).map(({ id, member }) => [`seat-${id}`, member ?? 'absent']);
    await press(kaisa, 'sitting.begin', Object.fromEntries(seating));
    await press(kaisa, 'sitting.decide', { item: 'opening', as: 'noted', decision: '' });
    const { name } = region.people.find(({ id }) => id === seat(0).member) ?? { name: '' };
    await press(kaisa, 'sitting.decide', { item: 'checkers', as: 'changed', decision: `${name} och en till.` });
    await press(kaisa, 'sitting.discuss', { item: 'figures', discussion: 'Fallen ökar i Lojo.' });
    const leaves = { who: `${seat(2).id} ${seat(2).member}`, what: 'leave', at: 'closing' };
    await press(kaisa, 'sitting.attend', leaves);
  });
  afterEach(() => run.stop());

  it('are made once of a closed meeting, numbered, and read before they are final by those who keep them alone', async () => {
    expect(answered(await press(kaisa, 'minutes.make'))).to.include(sv('errors.minutes.stillOpen'));
    await press(kaisa, 'sitting.close', { sure: 1 });
    expect(answered(await press(risto, 'minutes.make'))).to.include(sv('errors.agenda.keepersOnly'));
    const answers = await Promise.all([press(kaisa, 'minutes.make'), press(kaisa, 'minutes.make')]);
    for (const answer of answers) expect(answered(answer)).to.include(state(1, 'draft'));
    for (const data of [{ number: 1 }, {}])
      expect(answered(await press(kaisa, 'minutes.make', data)), 'on whichever card').to.include(
        sv('minutes.said.same.draft'),
      );
    const text = await readWhole(kaisa);
    expect(text)
      .to.include(`§ 1 ${sv('agenda.item.opening')}`)
      .and.include('Fallen ökar i Lojo.')
      .and.include(secret)
      .and.include(sv('minutes.paper.untouched'));
    for (const user of [risto, run.app.people.petri])
      expect(answered(await press(user, 'minutes.view', { number: 1 }))).to.include(sv('errors.minutes.notFound'));
    expect(answered(await press(run.app.people.petri, 'minutes.open', { body }))).to.include(sv('minutes.list.none'));
  });

  describe('of a plan that was approved', () => {
    let national: TeamsUser;
    beforeEach(async () => {
      const [development] = region.bodies.filter(({ kind }) => kind === 'development');
      const leader = region.members.find((one) => one.body === development?.id && one.role === 'leader');
      national = await known(leader?.person ?? '');
      await decided('asProposed');
      await press(kaisa, 'sitting.close', { sure: 1 });
      await press(kaisa, 'minutes.make');
      await run.bot().settled();
    });

    // Before somebody leaves, as is written down already.
    const plan = { item: 'operatingPlan-2027', turn: 'then', decision: '' };
    const decided = (as: string) => press(kaisa, 'sitting.decide', { ...plan, as });
    const toldOf = (kind: 'approved' | 'approvalGone'): string[] =>
      toldPrivately(run.app, national).filter((one) => one.includes(sv(`agenda.notice.${kind}`)));

    it('tell the national coordinator once that they say so, and when they say so no more', async () => {
      expect(toldOf('approved'), 'the minutes do not hold yet').to.deep.equal([]);
      await holds(1);
      expect(toldOf('approved')).to.have.length(1);
      expect(toldOf('approved')[0])
        .to.include('Verksamhetsplanen för 2027 godkändes, §')
        .and.match(/§ \d+\/2026/);
      const verbs = run.app.teams
        .personalChat(national)
        .messages.flatMap(({ activity }) => verbsOn(cardOf(activity) ?? {}));
      expect(verbs).to.include('minutes.view').and.not.include('agenda.view');
      expect(answered(await press(national, 'minutes.view')), 'what everybody may read of them').to.include(
        sv('minutes.paper.extract'),
      );
      await press(kaisa, 'minutes.correct', { number: 1, correction: 'Datum.' });
      await holds(2);
      expect(toldOf('approved'), 'nothing else').to.have.length(1);
      await press(kaisa, 'sitting.reopen');
      await decided('tabled');
      await press(kaisa, 'sitting.close', { sure: 1 });
      await press(kaisa, 'minutes.correct', { number: 2, correction: 'Planen bordlades.' });
      expect(toldOf('approvalGone')).to.deep.equal([]);
      await holds(3);
      expect([toldOf('approved').length, toldOf('approvalGone').length]).to.deep.equal([1, 1]);
    });

    it('hold only as long as what they were drawn from is what is recorded: sent and approved is a new version', async () => {
      await sent(1);
      await press(risto, 'minutes.approve', { number: 1 });
      const refusals = async (): Promise<void> => {
        for (const [user, verb, inputs] of [
          [second, 'minutes.approve', {}],
          [kaisa, 'minutes.sendForm', {}],
          [kaisa, 'minutes.send', { checkers: `${risto.aadObjectId},${third.aadObjectId}` }],
        ] as const)
          expect(answered(await press(user, verb, { number: 1, ...inputs })), verb).to.include(
            sv('errors.minutes.overtaken'),
          );
      };
      await press(kaisa, 'sitting.reopen');
      await refusals();
      const open = await press(second, 'minutes.view', { number: 1 });
      expect(answered(open)).to.include(sv('minutes.overtaken.open'));
      expect(verbsOn(open.card ?? {}))
        .to.include('minutes.commentForm')
        .and.not.include('minutes.approve');
      await decided('tabled');
      await press(kaisa, 'sitting.close', { sure: 1 });
      await refusals();
      const kept = await press(kaisa, 'minutes.view', { number: 1 });
      expect(answered(kept)).to.include(sv('minutes.overtaken.changed'));
      expect(verbsOn(kept.card ?? {}))
        .to.include('minutes.make')
        .and.not.include('minutes.sendForm');
      const comment = { number: 1, comment: 'Planen bordlades.' };
      expect(answered(await press(second, 'minutes.comment', comment))).to.include(sv('minutes.said.commented'));
      expect(answered(await press(kaisa, 'minutes.make', { number: 1 }))).to.include(state(2, 'draft'));
      await holds(2);
      expect(answered(await press(kaisa, 'minutes.view'))).to.include(state(2, 'final'));
      expect([toldOf('approved'), toldOf('approvalGone')], 'it was taken back before it held').to.deep.equal([[], []]);
    });

    it('go on to be checked where the meeting was opened again and nothing changed', async () => {
      await sent(1);
      await press(kaisa, 'sitting.reopen');
      await press(kaisa, 'sitting.close', { sure: 1 });
      for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 1 });
      expect(answered(await press(kaisa, 'minutes.view'))).to.include(state(1, 'final'));
    });

    it('tell the national coordinator of the version that holds, also where one before it came to nothing', async () => {
      await sent(1);
      await press(second, 'minutes.comment', { number: 1, comment: 'Klockslaget i § 1 är fel.' });
      await press(kaisa, 'sitting.reopen');
      await press(kaisa, 'sitting.discuss', { item: 'opening', discussion: 'Öppnades 13.02.' });
      await press(kaisa, 'sitting.close', { sure: 1 });
      expect(answered(await press(kaisa, 'minutes.make', { number: 1 }))).to.include(state(2, 'draft'));
      await run.bot().settled();
      expect(toldOf('approved')).to.deep.equal([]);
      await holds(2);
      expect(toldOf('approved')).to.have.length(1);
      expect(toldOf('approvalGone')).to.deep.equal([]);
    });
  });

  it('are checked by two of those who were there; a comment leads to a new version, both approve, and all hear of it', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    const form = await press(kaisa, 'minutes.sendForm', { number: 1 });
    expect(JSON.stringify(form.card), 'whom the item about it names is chosen').to.include(
      `"value":"${risto.aadObjectId}"`,
    );
    const one = await press(kaisa, 'minutes.send', { number: 1, checkers: risto.aadObjectId });
    expect(answered(one)).to.include(sv('errors.minutes.wrongCheckers', { count: 2 }));
    const absent = `${risto.aadObjectId},${seat(10).member}`;
    expect(answered(await press(kaisa, 'minutes.send', { number: 1, checkers: absent }))).to.include(
      sv('errors.minutes.wrongCheckers', { count: 2 }),
    );
    expect(answered(await sent(1))).to.include(state(1, 'checking'));
    await sent(1);
    await run.bot().settled();
    const asked = (): number[] => [risto, second, third].map((user) => told(user, 'minutesCheck'));
    expect(asked()).to.deep.equal([1, 1, 0]);
    const private_ = run.app.teams.personalChat(risto).messages.map(({ activity }) => verbsOn(cardOf(activity) ?? {}));
    expect(private_.some((verbs) => verbs.includes('minutes.approve'))).to.equal(true);
    expect(answered(await press(third, 'minutes.approve', { number: 1 })), 'it is not theirs to say').to.include(
      sv('errors.minutes.notAChecker'),
    );
    expect(answered(await press(risto, 'minutes.approve', { number: 1 }))).to.include(sv('minutes.said.approved'));
    expect(answered(await press(second, 'minutes.comment', { number: 1 }))).to.include(
      sv('problem.required', { limit: '' }),
    );
    const comment = { number: 1, comment: 'Klockslaget i § 1 är fel.' };
    expect(answered(await press(second, 'minutes.comment', comment))).to.include(state(1, 'commented'));
    await press(second, 'minutes.comment', comment);
    const others = `${risto.aadObjectId},${third.aadObjectId}`;
    expect(
      answered(await press(kaisa, 'minutes.send', { number: 1, checkers: others })),
      'it is to be another',
    ).to.include(sv('errors.minutes.sent'));
    await run.bot().settled();
    expect(asked()).to.deep.equal([1, 1, 0]);
    expect(told(kaisa, 'minutesCommented'), 'pressed twice it is told once').to.equal(1);
    expect(answered(await press(kaisa, 'minutes.view', { number: 1 }))).to.include(comment.comment);
    const again = await press(kaisa, 'minutes.make');
    expect(answered(again)).to.include(sv('minutes.said.same.commented'));
    const toMeeting = executeActions(again.card ?? {}).find(({ action }) => action.verb === 'sitting.view')?.action;
    expect(toMeeting?.mode, 'where it is put right is in sight').to.equal(undefined);

    await press(kaisa, 'sitting.reopen');
    await press(kaisa, 'sitting.discuss', { item: 'opening', discussion: 'Öppnades 13.02.' });
    await press(kaisa, 'sitting.close', { sure: 1 });
    expect(answered(await press(kaisa, 'minutes.make', { number: 1 }))).to.include(state(2, 'draft'));
    expect(answered(await press(risto, 'minutes.approve', { number: 1 }))).to.include(sv('errors.minutes.newer'));
    await sent(2);
    await press(risto, 'minutes.approve', { number: 2 });
    expect(answered(await press(second, 'minutes.approve', { number: 2 }))).to.include(state(2, 'final'));
    await press(second, 'minutes.approve', { number: 2 });
    expect(answered(await press(kaisa, 'minutes.make'))).to.include(sv('minutes.said.same.final'));
    const correcting = await press(kaisa, 'minutes.correctForm', { number: 2 });
    expect(verbsOn(correcting.card ?? {})).to.include.members(['sitting.view', 'minutes.correct']);
    const late = await press(risto, 'minutes.comment', { number: 2, comment: 'Ändå inte.' });
    expect(answered(late)).to.include(sv('errors.minutes.final'));
    await run.bot().settled();
    for (const user of [kaisa, risto, second, third]) expect(told(user, 'minutesFinal'), user.name).to.equal(1);
    expect(await readWhole(third))
      .to.include('Öppnades 13.02.')
      .and.include(secret);
    expect(answered(await press(kaisa, 'minutes.view', { number: 1 })), 'the older one as it was')
      .to.include(sv('minutes.older'))
      .and.not.include('Öppnades 13.02.');
  });

  it('are checked by another where a checker cannot, and what the other has said stays', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    await press(risto, 'minutes.approve', { number: 1 });
    expect(JSON.stringify((await press(kaisa, 'minutes.sendForm', { number: 1 })).card), 'who checks it').to.include(
      `"value":"${risto.aadObjectId},${second.aadObjectId}"`,
    );
    const others = `${risto.aadObjectId},${third.aadObjectId}`;
    await press(kaisa, 'minutes.send', { number: 1, checkers: others });
    await run.bot().settled();
    expect([risto, second, third].map((user) => told(user, 'minutesCheck'))).to.deep.equal([1, 1, 1]);
    expect(answered(await press(second, 'minutes.approve', { number: 1 }))).to.include(
      sv('errors.minutes.notAChecker'),
    );
    expect(answered(await press(third, 'minutes.approve', { number: 1 }))).to.include(state(1, 'final'));
    expect(
      answered(
        await press(kaisa, 'minutes.send', { number: 1, checkers: `${risto.aadObjectId},${second.aadObjectId}` }),
      ),
    ).to.include(sv('errors.minutes.final'));
  });

  it('give back the comment of whoever does not check them any more, or of minutes that are final, to be copied', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    const comment = 'Klockslaget är fel.';
    const stands = async (user: TeamsUser, why: TextKey, back: string, typed = comment): Promise<void> => {
      const answer = await press(user, 'minutes.comment', { number: 1, comment: typed });
      expect(answered(answer), user.name).to.include(sv(why)).and.include(sv('form.kept')).and.include(comment);
      expect(verbsOn(answer.card ?? {}), user.name).to.deep.equal([back]);
      const left = answered(await press(user, back, back === 'minutes.view' ? { number: 1 } : {}));
      expect(left, 'and there is a way on').to.include(
        back === 'minutes.view' ? state(1, 'final') : 'Mötet · Styrgruppen i Västra Nyland',
      );
    };
    const others = `${risto.aadObjectId},${third.aadObjectId}`;
    await press(kaisa, 'minutes.send', { number: 1, checkers: others });
    await stands(second, 'minutes.form.comment.replaced', 'sitting.view');
    await stands(second, 'minutes.form.comment.replaced', 'sitting.view', comment.padEnd(5_000, '.'));
    const long = await press(second, 'minutes.comment', { number: 1, comment: comment.padEnd(5_000, '.') });
    expect(answered(long), 'nothing in it is to be mended')
      .to.not.include(sv('form.problems', { count: 1 }))
      .and.not.include(sv('problem.tooLong', { limit: minutesLimits.comment }));
    const { petri } = run.app.people;
    await run.app.teams.personalChat(petri).say(petri, 'hjälp');
    const stranger = await press(petri, 'minutes.comment', { number: 1, comment });
    expect(answered(stranger), 'to whom it is no secret alone').to.include(sv('errors.minutes.notFound'));
    expect(JSON.stringify(stranger.card)).to.not.include('Input.');
    for (const user of [risto, third]) await press(user, 'minutes.approve', { number: 1 });
    await stands(risto, 'errors.minutes.final', 'minutes.view');
    const before = answered(await press(petri, 'minutes.comment', { number: 1, comment }));
    await press(kaisa, 'minutes.correct', { number: 1, correction: 'Klockslaget i § 1.' });
    const after = answered(await press(petri, 'minutes.comment', { number: 1, comment }));
    expect(after, 'nothing tells whoever may not read it that there is another').to.equal(before);
  });

  it('take the comment of whoever was replaced and checks the newest version, on that one', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    await press(kaisa, 'minutes.send', { number: 1, checkers: `${risto.aadObjectId},${third.aadObjectId}` });
    await press(third, 'minutes.comment', { number: 1, comment: 'Klockslaget är fel.' });
    await addForgotten('information');
    await press(kaisa, 'minutes.make');
    await sent(2);
    const late = await press(second, 'minutes.comment', { number: 1, comment: 'Och orten.' });
    expect(answered(late)).to.include(sv('errors.minutes.newer')).and.include('Och orten.');
    expect(JSON.stringify(late.card)).to.include('"number":2').and.not.include('"number":1');
    expect(answered(await press(second, 'minutes.comment', { number: 2, comment: 'Och orten.' }))).to.include(
      sv('minutes.said.commented'),
    );
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 2 });
    const over = await press(second, 'minutes.comment', { number: 1, comment: 'Och orten.'.padEnd(5_000, '!') });
    expect(answered(over)).to.include(sv('errors.minutes.final')).and.include(sv('form.cut'));
    expect(JSON.stringify(over.card), 'they may read that one').to.include('"number":2').and.not.include('"number":1');
  });

  it('say to whoever corrects what has come to hold with another correction that theirs is one more', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 1 });
    await press(kaisa, 'minutes.correct', { number: 1, correction: 'Klockslaget i § 1.' });
    await sent(2);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 2 });
    const late = await press(kaisa, 'minutes.correct', { number: 1, correction: 'Namnet i § 3.' });
    expect(answered(late))
      .to.include(sv('minutes.form.correct.further'))
      .and.include('Klockslaget i § 1.')
      .and.not.include(sv('errors.form.overtaken'));
    for (const correction of ['', 'a'.repeat(5_000)]) {
      const wrong = await press(kaisa, 'minutes.correct', { number: 2, correction, further: 0 });
      expect(answered(wrong), 'they were not told yet').to.not.include(sv('minutes.form.correct.further'));
      expect(JSON.stringify(wrong.card)).to.include('"further":0');
    }
    const said = await press(kaisa, 'minutes.correct', { number: 2, correction: 'Klockslaget i § 1.', further: 0 });
    expect(answered(said)).to.include(sv('minutes.said.alreadyCorrected')).and.include(state(2, 'final'));
    const ofDraft = await press(kaisa, 'minutes.correct', { number: 2, correction: 'Namnet i § 3.', further: 0 });
    expect(answered(ofDraft), 'or where it was drawn before that held').to.include(sv('minutes.form.correct.further'));
    expect(JSON.stringify(ofDraft.card)).to.include('"further":1');
    const further = { number: 2, correction: 'Namnet i § 3.', further: 1 };
    await press(kaisa, 'minutes.correct', further);
    const paper = wordsIn(await file(kaisa, 'docx', { number: 3 }));
    expect(paper).to.include('Klockslaget i § 1.').and.include('Namnet i § 3.');
    await sent(3);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 3 });
    const again = answered(await press(kaisa, 'minutes.correct', further));
    expect(again, 'the same form once more').to.include(sv('minutes.said.alreadyCorrected'));
  });

  it('ask whether it is one more, where the record was changed after a correction in the same words came to hold', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await holds(1);
    await press(kaisa, 'minutes.correct', { number: 1, correction: 'Ett ärende saknades.' });
    const ofDraft = { number: 2, correction: 'Ett ärende saknades.', further: 0 };
    await holds(2);
    await addForgotten('information');
    for (const form of [ofDraft, { ...ofDraft, number: 1 }]) {
      const asked = await press(kaisa, 'minutes.correct', form);
      expect(answered(asked), `of version ${form.number}`)
        .to.include(sv('minutes.form.correct.further'))
        .and.not.include(sv('minutes.said.alreadyCorrected'));
    }
    const corrected = await press(kaisa, 'minutes.correct', { ...ofDraft, further: 1 });
    expect(answered(corrected)).to.include(sv('minutes.said.corrected')).and.include(state(3, 'draft'));
    expect(await readWhole(kaisa)).to.include('Glömt ärende');
  });

  it('are sent to those whom one of two chose first, and the other is asked again', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    const { card } = await press(kaisa, 'minutes.sendForm', { number: 1 });
    const data = executeActions(card ?? {}).find(({ action }) => action.verb === 'minutes.send')?.action.data;
    const seen = isFields(data) ? String(data.seen) : '';
    expect(seen).to.not.equal('');
    await press(kaisa, 'minutes.send', { number: 1, seen, checkers: `${risto.aadObjectId},${second.aadObjectId}` });
    const other = { number: 1, seen, checkers: `${risto.aadObjectId},${third.aadObjectId}` };
    expect(answered(await press(kaisa, 'minutes.send', other))).to.include(sv('errors.form.overtaken'));
    await run.bot().settled();
    expect([risto, second, third].map((user) => told(user, 'minutesCheck'))).to.deep.equal([1, 1, 0]);
  });

  it('give no form to whoever may not send it in, whatever is wrong in it', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    const { petri } = run.app.people;
    await run.app.teams.personalChat(petri).say(petri, 'hjälp');
    const tries: [TeamsUser, string, Fields, TextKey][] = [
      [petri, 'minutes.comment', { comment: '' }, 'errors.minutes.notFound'],
      [petri, 'minutes.correct', { correction: '' }, 'errors.agenda.keepersOnly'],
      [petri, 'minutes.send', { checkers: '' }, 'errors.agenda.keepersOnly'],
      [third, 'minutes.comment', { comment: '' }, 'errors.minutes.notAChecker'],
      [third, 'minutes.correct', { correction: '' }, 'errors.agenda.keepersOnly'],
    ];
    for (const [user, verb, inputs, why] of tries) {
      const answer = await press(user, verb, { number: 1, ...inputs });
      expect(answered(answer), `${user.name} ${verb}`).to.include(sv(why));
      expect(JSON.stringify(answer.card), `${user.name} ${verb}`).to.not.include('Input.');
    }
  });

  it('are put right by a version of its own that is checked anew, and keep their numbers', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    for (const verb of ['minutes.correctForm', 'minutes.correct']) {
      const early = await press(kaisa, verb, { number: 1, correction: 'Det är inget att rätta än.' });
      expect(answered(early), verb).to.include(sv('errors.minutes.notFinal'));
    }
    await sent(1);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 1 });
    const before = (await readWhole(third)).match(/§ \d+ [^"]+?(?= )/g);
    await addForgotten('decision');
    expect(answered(await press(kaisa, 'minutes.make'))).to.include(sv('errors.minutes.correct'));
    const correction = { number: 1, correction: 'Ett ärende saknades.' };
    for (const _ of ['pressed', 'pressed twice'])
      expect(answered(await press(kaisa, 'minutes.correct', correction))).to.include(state(2, 'draft'));
    const other = await press(kaisa, 'minutes.correct', { number: 1, correction: 'Något annat.' });
    expect(answered(other)).to.include(sv('errors.form.overtaken')).and.include('Något annat.');
    expect(answered(other), 'what a colleague has put right').to.include('Ett ärende saknades.');
    expect(JSON.stringify(other.card)).to.include('"number":2').and.not.include('"number":1');
    expect(await readWhole(third), 'the earlier holds until then').to.not.include('Glömt');
    await sent(2);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 2 });
    const after = await readWhole(third);
    for (const line of before ?? []) expect(after).to.include(line);
    expect(after).to.match(/§ 13 Glömt ärende/);
    expect(await readWhole(third, { number: 1 }))
      .to.include(sv('minutes.older'))
      .and.not.include('Glömt');
    const paper = wordsIn(await file(third, 'docx', { number: 2 }));
    expect(paper).to.include(correction.correction).and.include(sv('minutes.paper.corrections'));
  });

  it('go on from the newest version where somebody else was faster', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    await press(second, 'minutes.comment', { number: 1, comment: 'Klockslaget är fel.' });
    await addForgotten('information');
    await press(kaisa, 'minutes.make');
    const early = await press(risto, 'minutes.comment', { number: 1, comment: 'Och orten.' });
    expect(answered(early), 'not sent to them yet').to.include(sv('minutes.form.comment.notYours'));
    expect(answered(early)).to.include(sv('form.kept')).and.include('Och orten.');
    expect(verbsOn(early.card ?? {})).to.not.include('minutes.comment');
    await sent(2);
    const late = await press(risto, 'minutes.comment', { number: 1, comment: 'Och orten.' });
    expect(answered(late)).to.include(sv('errors.minutes.newer')).and.include('Och orten.');
    expect(JSON.stringify(late.card)).to.include('"number":2').and.not.include('"number":1');
    const again = await press(risto, 'minutes.comment', { number: 2, comment: 'Och orten.' });
    expect(answered(again)).to.include(sv('minutes.said.commented')).and.include(state(2, 'commented'));
    const old = await press(kaisa, 'minutes.send', { number: 1, checkers: 'nobody' });
    expect(answered(old)).to.include(sv('errors.minutes.newer')).and.include(state(2, 'commented'));
  });

  it('have what they put right worded anew until that is final, in the place of the version that says it', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 1 });
    await press(kaisa, 'minutes.correct', { number: 1, correction: 'Fel paragraf.' });
    await sent(2);
    const commented = await press(second, 'minutes.comment', { number: 2, comment: 'Det var klockslaget.' });
    expect(answered(commented)).to.include(state(2, 'commented'));
    const view = await press(kaisa, 'minutes.view', { number: 2 });
    expect(verbsOn(view.card ?? {})).to.include('minutes.correctForm');
    const form = await press(kaisa, 'minutes.correctForm', { number: 2 });
    expect(JSON.stringify(form.card)).to.include('"value":"Fel paragraf."');
    const same = sv('minutes.said.sameCorrection', { action: sv('minutes.action.reword') });
    const unchanged = await press(kaisa, 'minutes.correct', { number: 2, correction: 'Fel paragraf.' });
    expect(answered(unchanged)).to.include(same).and.include(state(2, 'commented'));
    const carried = executeActions(form.card ?? {}).find(({ action }) => action.verb === 'minutes.correct')?.action
      .data;
    const reworded = { ...(isFields(carried) && carried), number: 2, correction: 'Klockslaget.' };
    for (const _ of ['pressed', 'pressed twice'])
      expect(answered(await press(kaisa, 'minutes.correct', reworded))).to.include(state(3, 'draft'));
    expect(await readWhole(kaisa))
      .to.include('Klockslaget.')
      .and.not.include('Fel paragraf.');
    await sent(3);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 3 });
    expect(answered(await press(kaisa, 'minutes.view', { number: 3 }))).to.include(state(3, 'final'));
    const another = await press(kaisa, 'minutes.correctForm', { number: 3 });
    expect(JSON.stringify(another.card), 'what it corrects is something else').to.not.include('Klockslaget.');
    // The same words of something else make another version; nothing new makes none, and that is said.
    const next = { number: 3, correction: 'Klockslaget.' };
    expect(answered(await press(kaisa, 'minutes.correct', next))).to.include(state(4, 'draft'));
    const again = answered(await press(kaisa, 'minutes.correct', { ...next, number: 4 }));
    expect(again).to.include(state(4, 'draft')).and.include(same);
    await run.app.chat.pressOld(kaisa, { verb: 'language.set', data: { language: 'fi' } });
    const other = JSON.stringify((await press(kaisa, 'minutes.correctForm', { number: 4 })).card);
    expect(other, 'no field of one language has words of another')
      .to.include('Klockslaget.')
      .and.not.include('"value":"Klockslaget."');
    await press(kaisa, 'minutes.correct', { number: 4, correction: 'Kellonaika.' });
    for (const correction of ['', 'x'.repeat(5_000)]) {
      const { card } = await press(kaisa, 'minutes.correct', { number: 5, correction });
      expect(JSON.stringify(card), 'as long as it is filled in, what goes with it is in sight')
        .to.include('"id":"correction"')
        .and.include('Klockslaget.');
    }
    const none = await press(kaisa, 'minutes.correct', { number: 9, correction: '' });
    expect(JSON.stringify(none.card), 'of what there is not there is no form').to.not.include('Input.');
    await run.app.chat.pressOld(kaisa, { verb: 'language.set', data: { language: 'sv' } });
    expect(answered(await press(kaisa, 'minutes.view', { number: 5 })), 'said in one more').to.include('Klockslaget.');
  });

  it('are an extract to everybody else, in the card as in every file: of what is confidential the number alone', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 1 });
    const { petri } = run.app.people;
    const [, secretAt = ''] = new RegExp(`(§ \\d+) ${secret}`).exec(await readWhole(third)) ?? [];
    expect(secretAt).to.match(/^§ \d+$/);
    const open = await press(petri, 'minutes.open', { body });
    expect(answered(open)).to.include(sv('minutes.paper.extract')).and.include(state(1, 'final'));
    expect(await readWhole(petri))
      .to.include(sv('minutes.paper.withheld'))
      .and.not.include('Hemligt');
    for (const data of [{ layout: 'both' }, { extent: 'whole' }, { layout: 'fi' }]) {
      const docx = wordsIn(await file(petri, 'docx', { number: 1, ...data }));
      expect(docx).to.not.include('Hemligt');
      expect(docx, 'its number stands there').to.include(`${secretAt} `);
    }
    expect(wordsIn(await file(third, 'docx', { number: 1 }))).to.include(secret);
    expect(wordsIn(await file(third, 'docx', { number: 1, extent: 'extract' }))).to.not.include('Hemligt');
    const pdf = await getDocumentProxy(await file(third, 'pdf', { number: 1, layout: 'both' }));
    const { items } = await (await pdf.getPage(1)).getTextContent();
    const text = items.flatMap((item) => ('str' in item ? [item.str] : [])).join('');
    expect(text).to.include('Puheenjohtaja').and.include('Ordförande');
    const draft = linksOn(await press(petri, 'minutes.files', { number: 2 }));
    expect(draft.size, 'no link to what is not theirs').to.equal(0);
  });

  it('are shown in a chat to whoever asks for them, and by a word in private', async () => {
    await press(kaisa, 'sitting.close', { sure: 1 });
    await press(kaisa, 'minutes.make');
    await sent(1);
    for (const user of [risto, second]) await press(user, 'minutes.approve', { number: 1 });
    const personal = run.app.teams.personalChat(third);
    await personal.say(third, 'protokoll');
    await run.bot().settled();
    expect(toldPrivately(run.app, third).at(-1)).to.include(sv('minutes.paper.whole')).and.include(state(1, 'final'));
    const list = await press(third, 'minutes.list', { body });
    expect(answered(list)).to.include(state(1, 'final'));
    const meetingCard = await press(third, 'sitting.view');
    expect(verbsOn(meetingCard.card ?? {})).to.include('minutes.view');
  });
});
