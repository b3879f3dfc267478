import { expect } from 'chai';
import { parseBodyChoice, parseColleague, parseMember } from '../../../../src/directory/chosen-input.ts';
import { people } from '../../../support/builders.ts';

const told = (parsed: ReturnType<typeof parseMember> | ReturnType<typeof parseColleague>): string[] =>
  parsed.ok ? [] : parsed.problems.map(({ field, code }) => `${field}: ${code}`);

describe('a member as a leader sets them', () => {
  it('is a person with profession and role; without a role they are a member', () => {
    const input = { person: people.petri.toUpperCase(), profession: 'police' };
    expect(parseMember(input, 'team')).to.deep.equal({
      ok: true,
      value: { person: people.petri, profession: 'police', role: 'member' },
    });
    const leader = parseMember({ ...input, role: 'leader', profession: undefined }, 'management');
    expect(leader.ok && leader.value).to.deep.include({ role: 'leader', profession: null });
  });

  it('needs to be somebody, and only codes that there are', () => {
    expect(told(parseMember({}, 'team'))).to.deep.equal(['person: required']);
    const nonsense = { person: people.petri, profession: 'astronaut', role: 'king' };
    expect(told(parseMember(nonsense, 'team')).sort()).to.deep.equal(['profession: unknownCode', 'role: unknownCode']);
  });

  it('is a substitute only where there are seats', () => {
    const input = { person: people.petri, role: 'substitute' };
    for (const kind of ['steering', 'management', 'development'] as const) {
      expect(parseMember(input, kind).ok, kind).to.equal(true);
    }
    expect(told(parseMember(input, 'team'))).to.deep.equal(['role: unknownCode']);
  });
});

describe('a choice from the directory', () => {
  it('names somebody, or a body', () => {
    expect(parseColleague({ person: people.sofia })).to.deep.equal({ ok: true, value: { person: people.sofia } });
    expect(parseBodyChoice({ body: 'team:lojo' })).to.deep.equal({ ok: true, value: { body: 'team:lojo' } });
  });

  it('that was not made is asked for at its field', () => {
    expect(told(parseColleague({}))).to.deep.equal(['person: required']);
    const none = parseBodyChoice({});
    expect(!none.ok && none.problems).to.deep.equal([{ field: 'body', code: 'required' }]);
  });
});
