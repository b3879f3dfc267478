import { expect } from 'chai';
import { z } from 'zod';
import type { Audience, VerbDefinition } from '../../bot/handlers/verb.ts';
import { objectId, startTestApp } from '../support/app.ts';
import { featuresOf } from '../support/features.ts';
import { handIn, sv, type TestApp } from '../support/seed.ts';
import { textsOf } from '../support/teams/cards.ts';
import type { Fields, TeamsUser } from '../support/teams/world.ts';

/** Who presses, in Lojo's chat and on what is Lojo's. */
const pressers = ['stranger', 'colleague', 'otherTeam', 'member', 'leader'] as const;
type Presser = (typeof pressers)[number];

/** What `docs/cards.md` says, as whose press is not refused. A colleague is of the region, but of no team. */
const allowed: Readonly<Record<Audience, readonly Presser[]>> = {
  'everyone in the directory': ['colleague', 'otherTeam', 'member', 'leader'],
  'members of a team': ['otherTeam', 'member', 'leader'],
  'team members': ['member', 'leader'],
  'leader of the body': ['leader'],
  'local mode only': ['colleague', 'otherTeam', 'member', 'leader'],
};

/** What is said to those who have no right; whatever else is said is about the case, or about what was filled in. */
const refusals = [
  sv('errors.directory.notAMember'),
  sv('errors.directory.leadersOnly'),
  sv('errors.directory.notInATeam'),
  sv('errors.referral.notFound'),
  sv('errors.referral.membersOnly'),
  sv('errors.unknownVerb'),
];
const isRefused = (card: Fields | null): boolean => textsOf(card).some((text) => refusals.includes(text));

/** A value for each input that a verb must have: a new one that has none here fails the test, and says so. */
const valuesFor = (reference: string): Fields => ({
  id: reference,
  body: 'team:lojo',
  person: objectId('24'),
  outcome: 'accepted',
  language: 'sv',
  formId: 'form-1',
});

/** Inputs that may be absent, and without which nobody is refused yet. */
const alsoGiven: Readonly<Record<string, readonly string[]>> = { 'chat.bind': ['body'] };

const requiredOf = ({ input }: VerbDefinition): string[] =>
  z.object({ required: z.array(z.string()).default([]) }).parse(z.toJSONSchema(input, { io: 'input' })).required;

describe('who may press', () => {
  let app: TestApp;
  let reference: string;
  let users: Record<Presser, TeamsUser>;

  before(async () => {
    app = await startTestApp();
    await app.chat.installBot(app.people.maria);
    reference = await handIn(app);
    const { maria, petri, kaisa } = app.people;
    users = {
      stranger: app.teams.addUser({ name: 'Okänd Främling' }),
      colleague: kaisa,
      otherTeam: app.teams.addUser({ name: 'Gunilla Öst', aadObjectId: objectId('30') }),
      member: petri,
      leader: maria,
    };
  });
  after(async () => {
    await app.stop();
  });

  for (const [verb, definition] of featuresOf('local').verbs) {
    const { audience } = definition;

    it(`${verb}: ${audience}`, async () => {
      const values = valuesFor(reference);
      const given = [...requiredOf(definition), ...(alsoGiven[verb] ?? [])];
      expect(
        given.filter((name) => !(name in values)),
        'inputs without a value here',
      ).to.deep.equal([]);
      const data = Object.fromEntries(given.map((name) => [name, values[name]]));
      const answered: Presser[] = [];
      for (const presser of pressers) {
        const { status, card } = await app.chat.pressOld(users[presser], { verb, data });
        expect(status).to.equal(200);
        if (!isRefused(card)) answered.push(presser);
      }
      expect(answered).to.deep.equal(allowed[audience]);
    });
  }
});
