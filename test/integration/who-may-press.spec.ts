import { expect } from 'chai';
import { z } from 'zod';
import type { Audience, VerbDefinition } from '../../bot/handlers/verb.ts';
import { formatReference } from '../../src/shared/ids.ts';
import type { Store } from '../../src/storage/port.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { featuresOf } from '../support/features.ts';
import { postReferral, regionWithSources } from '../support/intake.ts';
import { meeting, plant } from '../support/meetings.ts';
import { example, sv, type TestApp, temporaryFolder } from '../support/seed.ts';
import { textsOf } from '../support/teams/cards.ts';
import type { Fields, TeamsUser } from '../support/teams/world.ts';

/**
 * Who presses, in Lojo's chat and on what is Lojo's, or on the agenda of the steering group. Another region of the same tenant has a bot of its own, so its
 * people are nobody here, nor is the national coordinator; a guest's account is the tenant's own, but in no directory; Niina was a member until today.
 */
const outsiders = [
  'stranger',
  'otherRegion',
  'otherTenant',
  'guest',
  'national',
  'former',
  'colleague',
  'otherTeam',
] as const;
const pressers = [...outsiders, 'member', 'leader'] as const;
type Presser = (typeof pressers)[number];

/** What `docs/cards.md` says, as whose press is not refused. A colleague is of the region, but of no team. */
const allowed: Readonly<Record<Audience, readonly Presser[]>> = {
  'everyone in the directory': ['colleague', 'otherTeam', 'member', 'leader'],
  'members of a team': ['otherTeam', 'member', 'leader'],
  'team members': ['member', 'leader'],
  'members of the body': ['member', 'leader'],
  'invited people': ['member', 'leader'],
  'leader of the body': ['leader'],
  'leader of any body': ['colleague', 'otherTeam', 'leader'],
  // Of the steering group, which the colleague leads, and of which nobody else here is.
  'readers of the agenda': ['colleague'],
  'members of the agenda’s body': ['colleague'],
  'keepers of the agenda': ['colleague'],
  'checkers of the minutes': ['colleague'],
  'local mode only': ['colleague', 'otherTeam', 'member', 'leader'],
};

/** What is said to those who have no right; whatever else is said is about the case, or about what was filled in. */
const refusals = [
  sv('errors.directory.notAMember'),
  sv('errors.directory.unknownTenant'),
  sv('errors.directory.leadersOnly'),
  sv('errors.directory.notInATeam'),
  sv('errors.referral.notFound'),
  sv('errors.referral.membersOnly'),
  sv('errors.meeting.notFound'),
  sv('errors.agenda.notFound'),
  sv('errors.meeting.notOfBody', { body: 'Lojo ankarteam' }),
  sv('errors.unknownVerb'),
];
const isRefused = (card: Fields | null): boolean => textsOf(card).some((text) => refusals.includes(text));

/** About a case, so that it is the team's alone. */
const theMeeting = meeting({ kind: 'case', subject: formatReference('LOJ', 2026, 2), title: 'Hemlig rubrik' });

/** A value for each input that a verb must have: a new one that has none here fails the test, and says so. */
const valuesFor = (verb: string, reference: string): Fields => ({
  id: verb.startsWith('meeting.') || verb === 'calendar.meeting' ? theMeeting.id : reference,
  detail: 'all',
  on: '2026-11-26',
  coming: 'yes',
  option: 'in-3',
  action: 'x',
  body: /^(?:agenda|sitting|minutes)\./.test(verb) ? 'steering:vastra-nyland' : 'team:lojo',
  sitting: '1',
  document: 'none',
  number: 1,
  seat: 'polisen',
  as: 'member',
  kind: 'supervision',
  until: '2026-12-31',
  person: objectId('24'),
  outcome: 'accepted',
  language: 'sv',
  formId: 'f0000000-0000-4000-8000-000000000001',
  list: 'startup',
  template: 'startup',
  item: 'responsible',
  step: 1,
  block: 'situational-picture',
  newId: 'ny',
  way: 'down',
  past: 'population',
});

/** Inputs that may be absent, and without which nobody is refused yet. */
const alsoGiven: Readonly<Record<string, readonly string[]>> = {
  'agenda.open': ['body'],
  'agenda.decisions': ['body'],
  'chat.bind': ['body'],
  'checklist.start': ['body'],
  'meeting.form': ['body'],
  'meeting.plan': ['body'],
};

const requiredOf = ({ input }: VerbDefinition): string[] =>
  z.object({ required: z.array(z.string()).default([]) }).parse(z.toJSONSchema(input, { io: 'input' })).required;

/** Another source of the intake than the one that handed the case in, and what is no key at all. */
const sources = [
  { name: 'skolan', key: 'skolans-nyckel' },
  { name: 'sjukhuset', key: 'sjukhusets-nyckel' },
];

describe('who may press', () => {
  const folder = temporaryFolder();
  let app: TestApp;
  let reference: string;
  let users: Record<Presser, TeamsUser>;

  before(async () => {
    const REGION_FILE = regionWithSources(folder.path, sources);
    let store: Store | undefined;
    app = await startTestApp({
      dataDir: folder.path,
      environment: { REGION_FILE },
      through(opened) {
        store = opened;
        return opened;
      },
    });
    await app.chat.installBot(app.people.maria);
    await app.bot.settled();
    if (store) await plant(store, theMeeting);
    // The help names the first reference as its example of how to write, whatever there is.
    await postReferral(app.url, { authorization: 'Bearer skolans-nyckel', body: example });
    const handedIn = await postReferral(app.url, { authorization: 'Bearer skolans-nyckel', body: example });
    reference = String(handedIn.body.reference);
    const { maria, petri, kaisa, niina } = app.people;
    const starting = { verb: 'checklist.start', data: { body: 'team:lojo', template: 'startup' } };
    await app.chat.pressOld(maria, starting);
    const removing = { body: 'team:lojo', person: niina.aadObjectId, confirmed: 1 };
    await app.chat.pressOld(maria, { verb: 'team.removeMember', data: removing });
    const otherTenant = 'b0000000-0000-4000-8000-000000000001';
    users = {
      stranger: app.teams.addUser({ name: 'Okänd Främling' }),
      otherRegion: app.teams.addUser({ name: 'Nils Nyländare', aadObjectId: 'c0000000-0000-4000-8000-000000000020' }),
      // The object ids of different tenants have nothing to do with each other, so this one may be anybody's here.
      otherTenant: app.teams.addUser({ name: 'Åke Annan', aadObjectId: objectId('21'), tenantId: otherTenant }),
      guest: app.teams.addUser({ name: 'Gun Gäst', role: 'guest' }),
      national: app.teams.addUser({ name: 'Nora Nationell', aadObjectId: 'd0000000-0000-4000-8000-000000000001' }),
      former: niina,
      colleague: kaisa,
      otherTeam: app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') }),
      member: petri,
      leader: maria,
    };
  });
  after(async () => {
    await app.stop();
    folder.remove();
  });

  /** What is known of the case, in any words, must stand in nothing that an outsider is shown. */
  const secrets = (): string[] => [
    reference,
    example.youngPerson.name,
    example.youngPerson.guardianContact,
    example.narrative,
    theMeeting.title,
  ];
  const leaks = (answer: unknown): string[] => secrets().filter((secret) => JSON.stringify(answer).includes(secret));
  const asTheTeamSeesIt = async (): Promise<string> => {
    const views = [
      { verb: 'referral.view', data: { id: reference } },
      { verb: 'meeting.view', data: { id: theMeeting.id } },
    ];
    const answers = await Promise.all(views.map((view) => app.chat.pressOld(users.leader, view)));
    return JSON.stringify(answers.map(({ card }) => card));
  };

  it('shows nothing of the case to outsiders who write to the bot in private or use its message action', async () => {
    for (const presser of outsiders) {
      const user = users[presser];
      const personal = app.teams.personalChat(user);
      for (const text of [reference, `ta ${reference}`, `ge ${reference} Petri`, 'hänvisningar', 'väntar', 'team']) {
        expect((await personal.say(user, text)).answer?.status, presser).to.equal(200);
      }
      const opened = await personal.messageAction(user, 'newReferral', { body: { content: reference } });
      expect(leaks(opened.body).filter((secret) => secret !== reference)).to.deep.equal([]);
      await app.bot.settled();
      // What they wrote themselves is not repeated to them either.
      expect(leaks(personal.messages.map(({ versions }) => versions)), `${presser} is told`).to.deep.equal([]);
    }
  });

  for (const [verb, definition] of featuresOf('local').verbs) {
    const { audience } = definition;

    it(`${verb}: ${audience}`, async () => {
      const values = valuesFor(verb, reference);
      const given = [...requiredOf(definition), ...(alsoGiven[verb] ?? [])];
      expect(
        given.filter((name) => !(name in values)),
        'inputs without a value here',
      ).to.deep.equal([]);
      const data = Object.fromEntries(given.map((name) => [name, values[name]]));
      const before = await asTheTeamSeesIt();
      const answered: Presser[] = [];
      for (const presser of outsiders) {
        const { status, card, body } = await app.chat.pressOld(users[presser], { verb, data });
        expect(status).to.equal(200);
        expect(leaks(body), `${presser} is shown`).to.deep.equal([]);
        if (!isRefused(card)) answered.push(presser);
      }
      expect(await asTheTeamSeesIt(), 'the case is as it was').to.equal(before);
      for (const presser of ['member', 'leader'] as const) {
        const { status, card } = await app.chat.pressOld(users[presser], { verb, data });
        expect(status).to.equal(200);
        if (!isRefused(card)) answered.push(presser);
      }
      expect(answered).to.deep.equal(allowed[audience]);
    });
  }

  describe('the HTTP intake', () => {
    const key = 'samma-nyckel';
    const hand = (authorization: string | null, body: unknown = example) =>
      postReferral(app.url, { authorization, idempotencyKey: key, body });

    it('answers those who have no key of it alike, and with nothing', async () => {
      const [first] = sources;
      const wrong = [
        null,
        '',
        'Bearer',
        'Bearer ',
        'Bearer fel',
        `Basic ${first?.key}`,
        `Bearer ${first?.key.toUpperCase()}`,
        `Bearer ${first?.name}`,
        `Bearer ${objectId('20')}`,
      ];
      const answers = await Promise.all(wrong.map((authorization) => hand(authorization)));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).to.have.lengthOf(1);
      expect(answers[0]?.status).to.equal(401);
    });

    it('lets one source neither repeat nor see what another has handed in under the same key', async () => {
      const one = await hand('Bearer skolans-nyckel');
      const other = await hand('Bearer sjukhusets-nyckel');
      expect([one.status, other.status]).to.deep.equal([202, 202]);
      expect(other.body.reference).to.not.equal(one.body.reference);
      expect(Object.keys(one.body)).to.have.members(['reference', 'contact']);
    });

    it('leaves what else can be asked over HTTP without a word of any case or person', async () => {
      for (const path of ['/healthz', '/readyz', '/metrics', '/', '/api/referrals', `/api/referrals/${reference}`]) {
        const text = await (await fetch(`${app.url}${path}`)).text();
        expect(leaks(text), path).to.deep.equal([]);
        expect(text, path).to.not.match(/Lindqvist|Aaltonen|19:lojo|[0-9a-f]{8}-[0-9a-f]{4}-/);
      }
    });
  });
});
