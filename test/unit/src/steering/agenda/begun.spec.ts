import { expect } from 'chai';
import { mattersOf, newItem, type SeasonPolicy, withMatters } from '../../../../../src/steering/agenda/begun.ts';
import { type Item, standingCodes } from '../../../../../src/steering/model.ts';
import { agendaSettings } from '../../../../../src/steering/settings.ts';
import { agenda, idOf } from '../../../../support/agendas.ts';
import { monday } from '../../../../support/builders.ts';

const begun = { by: 'ankarbot' as const, at: monday.toString() };
const defaults: SeasonPolicy = agendaSettings.parse({});
const broughtOn = (date: string, over: Partial<SeasonPolicy> = {}): string[] =>
  mattersOf(Temporal.PlainDate.from(date), { ...defaults, ...over }).map(({ code, year }) => `${code}-${year}`);

describe('what every agenda begins with', () => {
  it('is what each meeting has, in the order in which it is dealt with', () => {
    expect(agenda().items.map(({ code }) => code)).to.deep.equal([...standingCodes]);
    expect(agenda().items.every(({ state, words, late }) => state.is === 'accepted' && !words && !late)).to.equal(true);
  });
});

describe('what a year brings to a meeting', () => {
  const odd = { surveyYear: 2001 };

  it('is the operating plan of the next year from September, and the annual report of the last one until May', () => {
    for (const date of ['2026-09-01', '2026-12-31'])
      expect(broughtOn(date, odd), date).to.deep.equal(['operatingPlan-2027']);
    for (const date of ['2026-01-01', '2026-05-31'])
      expect(broughtOn(date, odd), date).to.deep.equal(['annualReport-2025']);
    for (const date of ['2026-06-01', '2026-08-31']) expect(broughtOn(date, odd), date).to.deep.equal([]);
  });

  it('is the agreement in the year before it ends, and after that until it is said when the next one ends', () => {
    const until = { surveyYear: 2026, agreementUntil: '2028-06-30' };
    expect(broughtOn('2027-06-29', until)).to.deep.equal([]);
    expect(broughtOn('2027-06-30', until)).to.deep.equal(['agreement-2028']);
    expect(broughtOn('2028-08-01', { ...until, ...odd })).to.deep.equal(['agreement-2028']);
    expect(broughtOn('2028-08-01', odd)).to.deep.equal([]);
  });

  it('is the survey every second year, before and after the one that is named', () => {
    const named = { surveyYear: 2026 };
    for (const year of ['2024', '2026', '2028'])
      expect(broughtOn(`${year}-07-01`, named)).to.deep.equal([`survey-${year}`]);
    for (const year of ['2025', '2027']) expect(broughtOn(`${year}-07-01`, named)).to.deep.equal([]);
  });

  it('comes once, however many agendas there are, and before the other matters', () => {
    const matters = mattersOf(Temporal.PlainDate.from('2026-10-01'), defaults);
    const first = withMatters(agenda().items, matters, [], begun);
    expect(first.map(({ id }) => id).slice(-5)).to.deep.equal([
      'operatingPlan-2027',
      'survey-2026',
      'other',
      'next',
      'closing',
    ]);
    expect(withMatters(first, matters, [], begun), 'on the same agenda').to.equal(first);
    const off = first.map(
      (one): Item => ({ ...one, state: { is: 'removed', by: idOf('kaisa'), at: monday.toString() } }),
    );
    expect(withMatters(off, matters, [], begun), 'also when it was taken off').to.equal(off);
    expect(withMatters(agenda().items, matters, first, begun), 'on a later one').to.deep.equal(agenda().items);
    const next = mattersOf(Temporal.PlainDate.from('2027-10-01'), defaults);
    expect(withMatters(agenda().items, next, first, begun).map(({ id }) => id)).to.include('operatingPlan-2028');
  });

  it('comes last where somebody has taken off the other matters for good', () => {
    const [only] = withMatters([], [{ code: 'survey', year: 2026 }], [], begun);
    expect(only).to.deep.equal(newItem('survey-2026', begun, { code: 'survey', year: 2026, kind: 'discussion' }));
  });
});

describe('the settings of agendas', () => {
  it('have their defaults, and refuse a season that ends before it begins', () => {
    expect(defaults).to.deep.equal({
      proposalDays: 10,
      silentDays: 5,
      checkDays: 7,
      quorum: { authorities: 2, municipalities: 1 },
      operatingPlan: { from: 9, to: 12 },
      annualReport: { from: 1, to: 5 },
      agreementUntil: null,
      surveyYear: 2026,
    });
    const wrong = [
      { operatingPlan: { from: 5, to: 4 } },
      { agreementUntil: '30.6.2028' },
      { proposalDays: -1 },
      { days: 1 },
    ];
    for (const one of wrong) expect(agendaSettings.safeParse(one).success, JSON.stringify(one)).to.equal(false);
  });
});
