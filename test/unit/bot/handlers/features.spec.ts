import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import { type Feature, mergeFeatures } from '../../../../bot/handlers/feature.ts';
import type { VerbDefinition } from '../../../../bot/handlers/verb.ts';
import { button } from '../../../../src/cards/elements.ts';
import { languages } from '../../../../src/shared/language.ts';
import { textsFor } from '../../../../src/shared/text.ts';
import { exampleDirectory, unused } from '../../../support/builders.ts';
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

  it('put their buttons and lines on the greeting in their order, those of local mode in local mode alone', () => {
    for (const language of languages) {
      const texts = textsFor(language);
      const pressed = (mode: 'local' | 'production') =>
        featuresOf(mode)
          .offer(texts, null)
          .buttons.map((action) => ('verb' in action ? action.verb : null));
      const all = ['referral.form', 'referral.list', 'checklist.list', 'task.list', 'team.view', 'language.choose'];
      expect(pressed('production')).to.deep.equal(all);
      expect(pressed('local')).to.deep.equal([...all, 'local.sampleReferral', 'local.actAsForm']);
      expect(featuresOf('production').offer(texts, null).notes).to.deep.equal([]);
      expect(featuresOf('local').offer(texts, null).notes).to.deep.equal([texts('local.lead')]);
    }
  });

  it('offer the list of cases to teams and in private, and call the people of other bodies members', () => {
    const texts = textsFor('sv');
    for (const body of [null, ...exampleDirectory().bodies]) {
      const { buttons } = featuresOf('production').offer(texts, body);
      const triages = body === null || body.kind === 'team';
      expect(
        buttons.some((action) => 'verb' in action && action.verb === 'referral.list'),
        body?.id,
      ).to.equal(triages);
      expect(
        buttons.map(({ title }) => title),
        body?.id,
      ).to.include(texts(triages ? 'help.team' : 'help.members'));
    }
  });

  it('show their buttons in the help as soon as there is one more of them', () => {
    const more: Feature = { verbs: {}, offer: () => ({ buttons: [button('Mer', 'help.show')] }) };
    const titles = featuresOf('production', [more])
      .offer(textsFor('sv'), null)
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
