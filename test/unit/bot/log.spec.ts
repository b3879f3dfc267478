import { expect } from 'chai';
import { z } from 'zod';
import { describeError, onceAWhile } from '../../../bot/log.ts';
import { AppError } from '../../../src/shared/errors.ts';

describe('what others can cause to be logged', () => {
  it('is one line a minute, which says how many were kept silent', () => {
    let now = Temporal.Instant.from('2026-11-23T07:00:00Z');
    const lines: [string, number][] = [];
    const say = onceAWhile<string>({ now: () => now }, (what, unsaid) => lines.push([what, unsaid]));
    for (const what of ['a', 'b', 'c']) say(what);
    now = now.add({ seconds: 59 });
    say('d');
    expect(lines).to.deep.equal([['a', 0]]);
    now = now.add({ seconds: 1 });
    for (const what of ['e', 'f']) say(what);
    expect(lines).to.deep.equal([
      ['a', 0],
      ['e', 3],
    ]);
    now = now.subtract({ hours: 1 });
    say('g');
    expect(lines.at(-1), 'though the wall clock was set back').to.deep.equal(['g', 1]);
  });
});

describe('what an error is logged as', () => {
  it('names all that failed of one work, each with its code', () => {
    const codes = ['store.newerSchema', 'store.unavailable'];
    const several = new AggregateError(codes.map((code) => new AppError(code)));
    const { errors } = z.object({ errors: z.array(z.object({ code: z.string() })) }).parse(describeError(several));
    expect(errors.map(({ code }) => code)).to.deep.equal(codes);
  });
});
