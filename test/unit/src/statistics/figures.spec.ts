import { expect } from 'chai';
import fc from 'fast-check';
import { bodyId } from '../../../../src/shared/ids.ts';
import { type DecisionRecord, decisionFigures, fewest } from '../../../../src/statistics/model.ts';

const record = (over: Partial<DecisionRecord>): DecisionRecord => ({
  id: 'id',
  month: '2026-05',
  team: bodyId('team:lojo'),
  municipality: 'lojo',
  source: 'school',
  basis: 'concern',
  concerns: ['theft'],
  ageBand: 'from12to14',
  gender: 'girl',
  professions: [],
  outcome: 'accepted',
  reason: 'offence',
  service: null,
  repeat: false,
  daysToTake: 1,
  daysToDecision: 2,
  ...over,
});
const someRecord = fc
  .record({
    month: fc.constantFrom('2026-04', '2026-05', '2026-06'),
    outcome: fc.constantFrom('accepted', 'redirected', 'notTakenOn'),
    team: fc.constantFrom(bodyId('team:lojo'), bodyId('team:esbo'), bodyId('team:raseborg')),
    concerns: fc.uniqueArray(fc.constantFrom('theft', 'assault', 'alcohol'), { minLength: 1 }),
  })
  .map(record);

describe('the figures of decisions', () => {
  it('count what was decided in these months, and nothing else', () => {
    const many = Array.from({ length: 6 }, () => record({}));
    const others = [record({ month: '2026-03' }), record({ month: '2026-07' })];
    const figures = decisionFigures([...many, ...others], '2026-04', '2026-06');
    expect(figures).to.deep.equal({
      from: '2026-04',
      to: '2026-06',
      total: 6,
      outcomes: [{ code: 'accepted', count: 6 }],
      concerns: [{ code: 'theft', count: 6 }],
      teams: [{ code: 'team:lojo', count: 6 }],
    });
    expect(decisionFigures([], '2026-04', '2026-06').total).to.equal(0);
    expect(decisionFigures(many.slice(2), '2026-04', '2026-06'), 'of few nothing').to.deep.include({
      total: null,
      outcomes: [],
      teams: [],
    });
  });

  it('tell no number below five, and none that can be worked out from the others', () => {
    fc.assert(
      fc.property(fc.array(someRecord, { maxLength: 60 }), (records) => {
        const { total, outcomes, concerns, teams } = decisionFigures(records, '2026-04', '2026-06');
        for (const { count } of [...outcomes, ...concerns, ...teams])
          if (count !== null) expect(count).to.be.at.least(fewest);
        for (const cells of [outcomes, teams]) {
          const hidden = cells.filter(({ count }) => count === null);
          if (hidden.length === 0) continue;
          const told = cells.reduce((sum, { count }) => sum + (count ?? 0), 0);
          const left = (total ?? 0) - told;
          // One alone, or several that are few together, would be known.
          expect(hidden.length).to.be.greaterThan(1);
          expect(left).to.be.at.least(fewest);
        }
      }),
      { numRuns: 500 },
    );
  });
});
