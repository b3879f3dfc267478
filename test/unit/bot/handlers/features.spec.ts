import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { type Feature, mergeFeatures } from '../../../../bot/handlers/feature.ts';
import type { VerbDefinition } from '../../../../bot/handlers/verb.ts';
import { button } from '../../../../src/cards/elements.ts';
import { everybodyIn, inPrivate, type Offer, type Reader } from '../../../../src/conversations/card.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, people, unused } from '../../../support/builders.ts';
import { featuresOf } from '../../../support/features.ts';

const { verbs: local } = featuresOf('local');
const { verbs: production } = featuresOf('production');
const verbs = [...local.keys()];
const isLocal = (verb: string): boolean => verb.startsWith('local.');

/** Inputs as `docs/cards.md` writes them: by name, those that may be absent with a question mark. */
function inputsOf({ input }: VerbDefinition): string {
  const shape = z.object({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()).default([]) });
  const { properties, required } = shape.parse(z.toJSONSchema(input, { io: 'input' }));
  const names = Object.keys(properties).map((name) => `\`${name}${required.includes(name) ? '' : '?'}\``);
  return names.join(', ') || '–';
}

/** The rows of the table: verb, what it does, inputs, who. */
const rows = readFileSync('docs/cards.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const verb = /^`([a-z]+\.[A-Za-z]+)`$/.exec(cells[1] ?? '')?.[1];
    return verb ? [{ verb, does: cells[2], inputs: cells[3], who: cells[4] }] : [];
  });

describe('verbs', () => {
  it('of local mode are answered in local mode alone', () => {
    expect([...production.keys()]).to.deep.equal(verbs.filter((verb) => !isLocal(verb)));
    for (const [verb, definition] of local) {
      expect(definition.audience === 'local mode only', verb).to.equal(isLocal(verb));
    }
  });

  it('are named <feature>.<action>', () => {
    for (const verb of verbs) expect(verb).to.match(/^[a-z]+\.[a-z][A-Za-z]*$/);
  });

  it('bound every text that they take', () => {
    const text = z.object({
      type: z.string().optional(),
      maxLength: z.number().optional(),
      enum: z.array(z.unknown()).optional(),
    });
    for (const [verb, definition] of local) {
      const { properties = {} } = z
        .object({ properties: z.record(z.string(), text) })
        .parse(z.toJSONSchema(definition.input, { io: 'input' }));
      const unbounded = Object.entries(properties).filter(
        ([, part]) => part.type === 'string' && !part.enum && !part.maxLength,
      );
      expect(
        unbounded.map(([name]) => name),
        verb,
      ).to.deep.equal([]);
    }
  });
});

describe('features as one', () => {
  const verbsOn = ({ buttons }: Pick<Offer, 'buttons'>) =>
    buttons.map((action) => ('verb' in action ? (action.verb ?? '') : ''));
  const answers = unused<VerbDefinition>('answer');
  const dialog = unused<NonNullable<Feature['dialogs']>[string]>('dialog');

  it('have no name twice', () => {
    expect(() => mergeFeatures([{ verbs: { 'help.show': answers } }, { verbs: { 'help.show': answers } }])).to.throw(
      'Two features answer to "help.show".',
    );
    expect(() =>
      mergeFeatures([
        { verbs: {}, dialogs: { one: dialog } },
        { verbs: {}, dialogs: { one: dialog } },
      ]),
    ).to.throw('Two features answer to "one".');
  });

  it('put their buttons and lines on the greeting by use, with those of local mode, in local mode alone', () => {
    const maria = inPrivate(exampleDirectory(), people.maria);
    for (const language of languages) {
      const texts = textsFor(language);
      const cases = ['referral.form', 'referral.list'];
      const first = [...cases, 'meeting.list', 'task.list', 'checklist.list', 'checklist.overview'];
      const last = ['team.view', 'language.choose'];
      expect(verbsOn(featuresOf('production').offer(texts, maria))).to.deep.equal([...first, ...last]);
      const all = [...first, 'local.sampleReferral', 'local.actAsForm', ...last];
      expect(verbsOn(featuresOf('local').offer(texts, maria))).to.deep.equal(all);
      expect(featuresOf('production').offer(texts, maria).notes).to.deep.equal([]);
      expect(featuresOf('local').offer(texts, maria).notes).to.deep.equal([texts('local.lead')]);
    }
  });

  const offered = (reader: Reader) => featuresOf('production').offer(textsFor('sv'), reader);

  it('offer meetings, tasks and checklists to everybody everywhere, each with a button of its own', () => {
    const region = exampleDirectory();
    const readers = [...region.bodies.map(everybodyIn), ...region.people.map(({ id }) => inPrivate(region, id))];
    for (const reader of readers) {
      const shown = offered(reader).buttons.filter(({ mode }) => mode !== 'secondary');
      expect(verbsOn({ buttons: shown })).to.include.members(['meeting.list', 'task.list', 'checklist.list']);
      expect(shown.length).to.be.at.most(6);
    }
  });

  it('offer the list of cases to people of a team alone, and call the people of other bodies members', () => {
    const region = exampleDirectory();
    for (const body of region.bodies) {
      const { buttons } = offered(everybodyIn(body));
      expect(verbsOn({ buttons }).includes('referral.list'), body.id).to.equal(body.kind === 'team');
      const title = textsFor('sv')(body.kind === 'team' ? 'help.team' : 'help.members');
      expect(
        buttons.map((action) => action.title),
        body.id,
      ).to.include(title);
    }
    for (const [who, isOfATeam] of [
      ['petri', true],
      ['kaisa', false],
    ] as const) {
      const verbs = verbsOn(offered(inPrivate(region, people[who])));
      expect(verbs.includes('referral.list'), who).to.equal(isOfATeam);
    }
  });

  it('offer the status in private to leaders alone, and in a team’s chat in the menu', () => {
    const region = exampleDirectory();
    const status = (reader: Reader) =>
      offered(reader).buttons.find((action) => 'verb' in action && action.verb === 'checklist.overview');
    expect(status(inPrivate(region, people.petri))).to.equal(undefined);
    expect(status(inPrivate(region, people.maria))).to.have.property('title', textsFor('sv')('help.status'));
    expect(status(inPrivate(region, people.kaisa))).not.to.have.property('mode');
    for (const body of region.bodies) {
      expect(status(everybodyIn(body))?.mode, body.id).to.equal(body.kind === 'team' ? 'secondary' : undefined);
    }
  });

  it('offer nothing of a body to whom the bot does not know', () => {
    expect(verbsOn(offered(inPrivate(null, null))))
      .to.not.include('referral.list')
      .and.not.include('checklist.overview');
  });

  it('show their buttons in the help as soon as there is one more of them', () => {
    const more: Feature = { verbs: {}, offer: () => ({ buttons: [button('Mer', 'help.show')] }) };
    const titles = featuresOf('production', [more])
      .offer(textsFor('sv'), inPrivate(null, null))
      .buttons.map(({ title }) => title);
    expect(titles).to.include('Mer').and.have.length(7);
  });
});

describe('docs/cards.md', () => {
  it('lists every verb once', () => {
    expect(rows.map(({ verb }) => verb).sort()).to.deep.equal([...verbs].sort());
  });

  it('names the inputs that the verbs take, and who may press them', () => {
    for (const { verb, inputs, who } of rows) {
      const definition = local.get(verb);
      const real = { inputs: definition && inputsOf(definition), who: definition?.audience };
      expect({ inputs, who }, verb).to.deep.equal(real);
    }
  });

  it('says in a few words what each does', () => {
    for (const { verb, does } of rows) expect(does?.length, verb).to.be.within(10, 110);
  });
});
