import { expect } from 'chai';
import { contextOf, namesPerson, openDetails } from '../../../../src/referrals/details.ts';
import { professions } from '../../../../src/shared/actor.ts';
import { formatReference } from '../../../../src/shared/ids.ts';
import { createSealer } from '../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../src/storage/keys.ts';
import { assessment, people, referral, refusal } from '../../../support/builders.ts';

const sealer = createSealer(parseKeyRing(`one:${Buffer.alloc(32, 7).toString('base64')}`));
const identity = { name: 'Elliot Exempelsson', birthYear: 2012, guardianContact: null };
const base = referral();
const note = (who: 'petri' | 'sofia', text: string) => sealer.seal(text, contextOf(base, `note:${people[who]}`));
const sealed = referral({
  source: 'social',
  identity: sealer.seal(identity, contextOf(base, 'identity')),
  narrative: sealer.seal('texten', contextOf(base, 'narrative')),
  assessments: [
    assessment('petri', 'police', { note: note('petri', 'polisens') }),
    assessment('sofia', 'social', { note: note('sofia', 'socialens') }),
    assessment('niina', 'health'),
  ],
});

describe('the details of a case', () => {
  it('give each profession its own notes, and tell how many of others there are', () => {
    for (const profession of [...professions, null]) {
      const own = { police: ['polisens'], social: ['socialens'], health: [], youth: [] };
      const { notes, notesWithheld } = openDetails(sealer, sealed, profession);
      expect(
        notes.map(({ text }) => text),
        String(profession),
      ).to.deep.equal(profession ? own[profession] : []);
      expect(notes.length + notesWithheld).to.equal(2);
    }
  });

  it('keep the text of social services from the police, who are told that there is one', () => {
    expect(openDetails(sealer, sealed, 'police').narrative).to.deep.equal({ state: 'withheld' });
    expect(openDetails(sealer, sealed, 'youth').narrative).to.deep.equal({ state: 'open', text: 'texten' });
    expect(openDetails(sealer, { ...sealed, legalBasis: 'guardianConsent' }, 'police').narrative).to.deep.include({
      state: 'open',
    });
    expect(openDetails(sealer, { ...sealed, narrative: null }, 'police').narrative).to.deep.equal({ state: 'none' });
  });

  it('do not open what was taken from another case, or from another field', () => {
    const other = { ...sealed, reference: formatReference('LOJ', 2026, 2) };
    expect(refusal(() => openDetails(sealer, other, 'social'))).to.equal('sealed.unreadable');
    expect(refusal(() => openDetails(sealer, { ...sealed, identity: note('sofia', 'x') }, 'social'))).to.equal(
      'sealed.unreadable',
    );
    expect(openDetails(sealer, sealed, 'social').identity).to.deep.equal(identity);
  });
});

describe('what is written about a case', () => {
  const called = (name: string) =>
    referral({ identity: sealer.seal({ ...identity, name }, contextOf(base, 'identity')) });

  it('names the young person by any part of the name, however it is spelt, and whatever is theirs or done to them', () => {
    const elliot = called('Elliot Åke Exempelsson');
    for (const text of [
      'Elliot',
      'träff med ELLIOT och mamma',
      'Elliots träff',
      'Ake kommer',
      'familjen exempelsson',
      'Elliotin tapaaminen',
      'kerro Elliotille',
      'Möte (Elliot)',
    ])
      expect(namesPerson(sealer, elliot, text), text).to.equal(true);
  });

  it('does not by what only looks alike, or by a part of two letters that is a word there', () => {
    const elliot = called('Elliot Bo Exempelsson');
    for (const text of ['', 'Elli', 'Elliotte', 'var ska hon bo', 'ett exempel', 'LOJ-2026-0001'])
      expect(namesPerson(sealer, elliot, text), text).to.equal(false);
  });
});
