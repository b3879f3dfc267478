import { expect } from 'chai';
import type { Language } from '../../../../../src/shared/language.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { minutesCard, minutesMessage } from '../../../../../src/steering/minutes/card.ts';
import type { ReadMinutes } from '../../../../../src/steering/minutes/minutes.ts';
import { attendanceLines } from '../../../../../src/steering/minutes/wording.ts';
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
      'Risto Vainio; Marjut Salo, avlägsnade sig före § 14, utom § 13 (jäv); Jan Lind (ersättare, Välfärdsområdet), från § 14',
      'Raseborg',
    ])
      expect(head).to.include(said);
    expect(JSON.stringify(message?.card)).to.include('minutes.approve');
  });

  it('tells of a substitute for which seat they were there, and of an absent member that a substitute sat in their seat', () => {
    const sat = { as: 'substitute' as const, from: null, to: null };
    const [police, area, town] = snapshot.seats;
    if (!police || !area || !town) throw new Error('There are three seats.');
    const seats = [
      { ...police, people: [{ ...sat, name: 'Carola Nyman' }], absent: ['Risto Vainio'] },
      { ...area, people: [{ ...sat, name: 'Jan Lind', only: [13] }], absent: ['Marjut Salo'] },
      { ...town, absent: ['Pia Holm'] },
    ];
    const said = (language: Language): (string | undefined)[] =>
      attendanceLines({ seats }, textsFor(language)).map((block) => (block.is === 'line' ? block.text : undefined));
    expect(said('sv')).to.deep.equal([
      'Carola Nyman (ersättare, Polisinrättningen); Jan Lind (ersättare, Välfärdsområdet), endast § 13',
      'Risto Vainio (ersättare: Carola Nyman); Marjut Salo; Pia Holm',
    ]);
    expect(said('fi')[1]).to.include('Risto Vainio (varajäsen: Carola Nyman)');
    expect(said('en')[0]).to.include('Carola Nyman (substitute, Police department)');
  });

  it('tells first what the version puts right, to those who are to approve it as to everybody later', () => {
    const corrections: ReadMinutes['snapshot']['corrections'] = [
      { number: 2, text: { sv: 'Namnet i § 13.' } },
      { number: 3, text: { fi: 'Päivämäärä pykälässä 15.' } },
    ];
    const drawn = (number: number, from = corrections): string =>
      textsOf(
        minutesCard(
          { ...read, version: { ...version, number }, snapshot: { ...read.snapshot, corrections: from } },
          scene,
        ),
      ).join(' ');
    const [head = ''] = drawn(3).split('17 december');
    expect(head)
      .to.include('Rättelse i den här versionen (på finska) Päivämäärä pykälässä 15.')
      .and.not.include('Namnet');
    expect(drawn(1)).to.not.include('Rättelse');
    expect(drawn(2, [{ number: 2, text: {} }])).to.include('Vad som rättades ingår inte i utdraget.');
  });

  it('says of minutes that hold that a correction is being prepared, and that there is a newer one only to who may read it', () => {
    const [held, next] = [
      { ...version, final: at },
      { ...version, number: 2, checkers: [] },
    ];
    const sitting = { ...read.sitting, minutes: { paragraphs: { year: 2026, numbers: {} }, versions: [held, next] } };
    const saidTo = (reader: ReadMinutes['reader'], extent: ReadMinutes['extent'] = 'whole'): string =>
      textsOf(minutesCard({ ...read, sitting, version: held, reader, extent }, scene)).join(' ');
    const [beingCorrected, older] = [scene.texts('minutes.beingCorrected'), scene.texts('minutes.older')];
    expect(saidTo({ is: 'member', person }))
      .to.include(beingCorrected)
      .and.not.include(older);
    expect(saidTo({ is: 'keeper', person }))
      .to.include(older)
      .and.not.include(beingCorrected);
    expect(saidTo({ is: 'other' }, 'extract'), 'what is prepared is its body’s').to.not.include(beingCorrected);
  });

  it('says so on its first page alone', () => {
    const [first, second] = [0, 1].map((page) => textsOf(minutesCard(read, scene, { page })).join(' '));
    expect(first).to.include('Mötet var beslutfört.').and.include('§ 1 Ärende 1');
    expect(second).to.include('Ärende').and.not.include('Mötet var beslutfört.');
  });
});
