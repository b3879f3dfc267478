import { expect } from 'chai';
import { sendCard } from '../../../../../src/steering/agenda/send-card.ts';
import { readBy } from '../../../../../src/steering/reading.ts';
import { agenda, drawnFor, idOf, item, opening } from '../../../../support/agendas.ts';
import { textsOf } from '../../../../support/teams/cards.ts';

const plan = item('plan', { code: 'operatingPlan', year: 2027, kind: 'decision' });
const report = item('report', { code: 'annualReport', year: 2025, kind: 'decision' });

describe('what is asked before an agenda goes out', () => {
  const asked = (items: (typeof plan)[]): string => {
    const nothing = { title: {}, background: {}, proposal: {}, links: [] };
    const reading = readBy(
      agenda({ items }),
      { is: 'keeper', person: idOf('kaisa') },
      opening(() => nothing),
    );
    return textsOf(sendCard(reading, 14, drawnFor('sv'))).join('\n');
  };

  it('names all items whose document is missing in one sentence, and says once that it can come later', () => {
    expect(asked([plan, report]).replaceAll('\u00a0', ' ')).to.include(
      'Dokumenten saknas ännu: 1. Verksamhetsplanen för 2027 godkänns; 2. Verksamhetsberättelsen för 2025 godkänns. De kan skickas till mig också efteråt.',
    );
    expect(asked([plan, report]).split('efteråt')).to.have.length(2);
    expect(asked([plan]))
      .to.include('Dokumentet saknas ännu: ')
      .and.include('Det kan skickas');
    expect(asked([item('x')])).to.not.include('saknas');
  });
});
