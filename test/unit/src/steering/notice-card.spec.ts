import { expect } from 'chai';
import type { Language } from '../../../../src/shared/language.ts';
import { noticeMessage } from '../../../../src/steering/notice-card.ts';
import { readBy } from '../../../../src/steering/reading.ts';
import { agenda, drawnFor, idOf, item, opening } from '../../../support/agendas.ts';
import { executeActions, textsOf } from '../../../support/teams/cards.ts';

const plan = item('plan', { code: 'operatingPlan', year: 2027, kind: 'decision' });
const report = item('report', { code: 'annualReport', year: 2026, kind: 'decision' });
const minutes = { paragraphs: { year: 2026, numbers: { plan: 7, report: 8 } }, versions: [] };
const sent = { by: idOf('kaisa'), at: '2026-12-01T08:00:00.000Z' };
const sitting = { ...agenda({ items: [plan, report], sent }), minutes };
const nothing = { title: {}, background: {}, proposal: {}, links: [] };
const reading = readBy(
  sitting,
  { is: 'other' },
  opening(() => nothing),
);

function told(kind: 'approved' | 'approvalGone', of: string, language: Language) {
  const about = { kind, key: `${kind}:${of}:1:x`, to: idOf('petri') };
  return noticeMessage(reading, about, drawnFor(language))?.card ?? {};
}

describe('what is told in private of a task that is no longer theirs', () => {
  it('names the item to whoever may see it alone', () => {
    const about = (item: string) => ({ kind: 'taskGone' as const, key: `taskGone:${item}:one:x`, to: idOf('petri') });
    const said = (item: string) => textsOf(noticeMessage(reading, about(item), drawnFor('sv'))?.card ?? {}).join('\n');
    expect(said('plan')).to.include('i ärendet ”Verksamhetsplanen för 2027');
    expect(said('secret')).to.include('En uppgift som du hade har tagits bort').and.not.include('ärendet');
  });
});

describe('what is told in private of an approval', () => {
  it('is that the plan or the report was approved, and in which paragraph', () => {
    for (const [of, language, said] of [
      ['plan', 'sv', 'Verksamhetsplanen för 2027 godkändes, § 7/2026'],
      ['plan', 'fi', 'Vuoden 2027 toimintasuunnitelma hyväksyttiin, § 7/2026'],
      ['plan', 'en', 'The operating plan for 2027 was approved, § 7/2026'],
      ['report', 'sv', 'Verksamhetsberättelsen för 2026 godkändes, § 8/2026'],
      ['report', 'fi', 'Vuoden 2026 toimintakertomus hyväksyttiin, § 8/2026'],
      ['report', 'en', 'The annual report for 2026 was approved, § 8/2026'],
    ] as const)
      expect(textsOf(told('approved', of, language))).to.include(said);
    expect(textsOf(told('approvalGone', 'plan', 'sv'))).to.include(
      'Verksamhetsplanen för 2027 är enligt det justerade protokollet inte längre godkänd, § 7/2026',
    );
  });

  it('leads to the minutes that say so, and not to the agenda', () => {
    for (const kind of ['approved', 'approvalGone'] as const) {
      const [first, ...others] = executeActions({ ...told(kind, 'plan', 'sv') }).map(({ action }) => action);
      expect(first).to.deep.include({ verb: 'minutes.view', title: 'Öppna protokollet', style: 'positive' });
      expect(first?.data).to.deep.include({ body: sitting.body, sitting: sitting.id });
      expect(others).to.deep.equal([]);
    }
  });
});
