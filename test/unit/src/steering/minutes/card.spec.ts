import { expect } from 'chai';
import { minutesCard, minutesMessage } from '../../../../../src/steering/minutes/card.ts';
import type { ReadMinutes } from '../../../../../src/steering/minutes/minutes.ts';
import type { MinutesVersion } from '../../../../../src/steering/model.ts';
import { agenda, drawnFor, idOf } from '../../../../support/agendas.ts';
import { monday } from '../../../../support/builders.ts';
import { inAll } from '../../../../support/checklists.ts';
import { paragraph, snapshot } from '../../../../support/minutes.ts';
import { textsOf } from '../../../../support/teams/cards.ts';

const person = idOf('risto');
const at = monday.toString();
const version: MinutesVersion = {
  number: 1,
  made: { by: idOf('kaisa'), at },
  checkers: [{ person, name: 'Risto Vainio', asked: at, answer: null }],
  final: null,
};
const paragraphs = Array.from({ length: 8 }, (_, index) =>
  paragraph(index + 1, inAll(`Ärende ${index + 1}`), { discussion: inAll('ä'.repeat(1_500)) }),
);
const read: ReadMinutes = {
  ...{ version, person, extent: 'whole', reader: { is: 'member', person } },
  sitting: { ...agenda(), minutes: { paragraphs: { year: 2026, numbers: {} }, versions: [version] } },
  snapshot: { ...snapshot, paragraphs },
  comments: new Map(),
};
const scene = drawnFor('sv');

describe('the card of minutes', () => {
  it('tells who checks them when and where it was, who led it, whether it could decide and who was there, before all else', () => {
    const message = minutesMessage(read, 'minutesCheck', scene);
    const text = textsOf(message?.card).join(' ');
    const [head = ''] = text.split('§ 1 Ärende 1');
    for (const said of [
      '17 december 2026 kl. 13.02',
      'Stadshuset, sal 2',
      'Risto Vainio, Jan Lind från § 15',
      'Eva Ek',
      'Mötet var beslutfört.',
      'Risto Vainio; Marjut Salo, avlägsnade sig före § 14, utom § 13 (jäv); Jan Lind, från § 14',
      'Raseborg',
    ])
      expect(head).to.include(said);
    expect(JSON.stringify(message?.card)).to.include('minutes.approve');
  });

  it('says so on its first page alone', () => {
    const [first, second] = [0, 1].map((page) => textsOf(minutesCard(read, scene, { page })).join(' '));
    expect(first).to.include('Mötet var beslutfört.').and.include('§ 1 Ärende 1');
    expect(second).to.include('Ärende').and.not.include('Mötet var beslutfört.');
  });
});
