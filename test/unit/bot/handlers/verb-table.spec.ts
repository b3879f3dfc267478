import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { z } from 'zod';
import type { VerbDefinition } from '../../../../bot/handlers/verb.ts';
import { verbs } from '../../../../src/cards/verbs.ts';
import { verbTable } from '../../../support/verb-tables.ts';

const local = verbTable('local');
const production = verbTable('production');
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
  it('have somebody to answer each of them in local mode', () => {
    expect(Object.keys(local).sort()).to.deep.equal([...verbs].sort());
  });

  it('of local mode are answered in local mode alone', () => {
    expect(Object.keys(production).sort()).to.deep.equal(verbs.filter((verb) => !isLocal(verb)).sort());
    for (const [verb, definition] of Object.entries(local)) {
      expect(definition.audience === 'local mode only', verb).to.equal(isLocal(verb));
    }
  });

  it('are named <feature>.<action>, each once', () => {
    expect(new Set(verbs).size).to.equal(verbs.length);
    for (const verb of verbs) expect(verb).to.match(/^[a-z]+\.[a-z][A-Za-z]*$/);
  });

  it('bound every text that they take', () => {
    const text = z.object({
      type: z.string().optional(),
      maxLength: z.number().optional(),
      enum: z.array(z.unknown()).optional(),
    });
    for (const [verb, definition] of Object.entries(local)) {
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

describe('docs/cards.md', () => {
  it('lists every verb once, in the order of src/cards/verbs.ts', () => {
    expect(rows.map(({ verb }) => verb)).to.deep.equal([...verbs]);
  });

  it('names the inputs that the verbs take, and who may press them', () => {
    const documented = rows.map(({ verb, inputs, who }) => ({ verb, inputs, who }));
    const real = verbs.map((verb) => {
      const definition = local[verb];
      return { verb, inputs: definition && inputsOf(definition), who: definition?.audience };
    });
    expect(documented).to.deep.equal(real);
  });

  it('says in a few words what each does', () => {
    for (const { verb, does } of rows) expect(does?.length, verb).to.be.within(10, 110);
  });
});
