import { expect } from 'chai';
import type { Language } from '../../../../../src/shared/language.ts';
import { seenOf } from '../../../../../src/shared/seen.ts';
import {
  itemContentIn,
  itemFor,
  openedDocument,
  openedWords,
  toCommand,
} from '../../../../../src/steering/agenda/writings.ts';
import { noRecord } from '../../../../../src/steering/meeting/proceedings.ts';
import type { AgendaCommand, AgendaPress, TypedContent } from '../../../../../src/steering/model.ts';
import type { StoredSitting } from '../../../../../src/steering/stored.ts';
import { createSealer } from '../../../../../src/storage/envelope.ts';
import { parseKeyRing } from '../../../../../src/storage/keys.ts';
import { act, agenda, idOf, item, itemIn, played } from '../../../../support/agendas.ts';
import { monday, refusal } from '../../../../support/builders.ts';

const sealer = createSealer(parseKeyRing(`one:${Buffer.alloc(32, 7).toString('base64')}`));
const empty = { title: '', background: '', proposal: '' };
const typed = (words: Partial<TypedContent['typed']>, over: Partial<TypedContent> = {}): TypedContent => ({
  kind: 'decision',
  presenter: null,
  minutes: null,
  links: [],
  confidential: false,
  language: 'sv',
  typed: { ...empty, ...words },
  ...over,
});
const write = (sitting: StoredSitting, press: AgendaPress): StoredSitting =>
  played(sitting, ['kaisa', toCommand(sealer, sitting, press)]);
const added = write(agenda(), { do: 'add', item: 'new', content: typed({ title: 'Lokaler', background: 'Trångt.' }) });
const wordsIn = (sitting: StoredSitting) => openedWords(sealer, sitting, itemIn(sitting, 'new'));
const shownIn = (sitting: StoredSitting, language: Language) =>
  itemContentIn(sealer, sitting, itemIn(sitting, 'new'), language);
const changing = (content: TypedContent, seen?: string): AgendaPress => ({ do: 'change', item: 'new', content, seen });

describe('what is written of an item', () => {
  it('is sealed, and opens for no other item and no other agenda', () => {
    expect(JSON.stringify(added)).to.not.include('Lokaler').and.not.include('Trångt');
    expect(wordsIn(added)).to.deep.equal({
      title: { sv: 'Lokaler' },
      background: { sv: 'Trångt.' },
      proposal: {},
      links: [],
    });
    const { words } = itemIn(added, 'new');
    expect(refusal(() => openedWords(sealer, added, { ...itemIn(added, 'figures'), words }))).to.equal(
      'sealed.unreadable',
    );
    expect(refusal(() => openedWords(sealer, { ...added, id: '2' }, itemIn(added, 'new')))).to.equal(
      'sealed.unreadable',
    );
  });

  it('stands in each language beside the others, and goes in all that say something else than what is written anew', () => {
    const both = write(added, changing(typed({ title: 'Tilat' }, { language: 'fi' })));
    expect(wordsIn(both)).to.deep.equal({
      title: { sv: 'Lokaler', fi: 'Tilat' },
      background: { sv: 'Trångt.' },
      proposal: {},
      links: [],
    });
    expect(shownIn(both, 'fi').parts).to.deep.include({ title: 'Tilat', background: '' });
    const inFinnish = typed({ title: 'Tilat', background: 'Ahdasta.' }, { language: 'fi' });
    const said = write(both, changing(inFinnish));
    const reworded = write(said, changing(typed({ title: 'Lokaler', background: 'Rymligt.' })));
    expect(wordsIn(reworded)).to.deep.equal({ ...wordsIn(both), background: { sv: 'Rymligt.' } });
    expect(wordsIn(write(said, changing(typed({ title: 'Lokaler' })))).background).to.deep.equal({});
    const called = wordsIn(write(said, changing(typed({ title: 'Bilar', background: 'Trångt.' }))));
    expect(called).to.deep.include({ title: { sv: 'Bilar' }, background: { sv: 'Trångt.', fi: 'Ahdasta.' } });
  });

  it('keeps its envelope when it says the same, so that pressed twice it changes once', () => {
    const again: AgendaPress = { do: 'add', item: 'new', content: typed({ title: 'Lokaler', background: 'Trångt.' }) };
    expect(act(added, 'kaisa', toCommand(sealer, added, again)).event).to.equal(null);
    const other: AgendaPress = { ...again, content: typed({ title: 'Annat' }) };
    expect(refusal(() => act(added, 'kaisa', toCommand(sealer, added, other)))).to.equal('agenda.alreadyAdded');
    expect(act(added, 'kaisa', toCommand(sealer, added, changing(again.content))).event).to.equal(null);
    const both = write(added, changing(typed({ title: 'Tilat' }, { language: 'fi' })));
    const inOther = write(both, changing(typed({ title: 'Lokaler', background: 'Trångt.' })));
    expect(itemIn(inOther, 'new').words, 'in whichever order the languages were written').to.equal(
      itemIn(both, 'new').words,
    );
  });

  it('is no envelope at all where nothing is said', () => {
    const command = toCommand(sealer, agenda(), { do: 'change', item: 'figures', content: typed({}) });
    expect(contentIn(command).words).to.equal(null);
  });

  it('is merged with what a colleague wrote of another part, and refused where both wrote', () => {
    const { seen } = shownIn(added, 'sv');
    const theirs = write(added, changing(typed({ title: 'Nya lokaler', background: 'Trångt.' }), seen));
    const mine = write(theirs, changing(typed({ title: 'Lokaler', background: 'Trångt.' }, { minutes: 20 }), seen));
    expect(itemIn(mine, 'new').minutes).to.equal(20);
    expect(wordsIn(mine).title).to.deep.equal({ sv: 'Nya lokaler' });
    const late = changing(typed({ title: 'Andra lokaler', background: 'Trångt.' }), seen);
    expect(refusal(() => toCommand(sealer, theirs, late))).to.equal('form.overtaken');
  });

  it('keeps a title, which goes in no language where none is left', () => {
    const both = write(added, changing(typed({ title: 'Tilat' }, { language: 'fi' })));
    const without = changing(typed({ background: 'Trångt.' }));
    expect(refusal(() => toCommand(sealer, both, without))).to.equal('agenda.untitled');
    const standing: AgendaPress = { do: 'change', item: 'figures', content: typed({ title: 'Läget' }) };
    const named = write(both, standing);
    const unnamed = write(named, { ...standing, content: typed({}) });
    expect(openedWords(sealer, unnamed, itemIn(unnamed, 'figures')).title).to.deep.equal({});
  });

  it('is written over nothing that its writer has not seen in another language, and left alone over nothing at all', () => {
    const { seen } = shownIn(added, 'sv');
    const finnish = (words: Partial<TypedContent['typed']>) => changing(typed(words, { language: 'fi' }));
    const both = write(added, finnish({ title: 'Tilat' }));
    const renamed = typed({ title: 'Bilar', background: 'Trångt.' });
    const refusalOf = (press: AgendaPress, of = both) => refusal(() => toCommand(sealer, of, press));
    expect(refusalOf(changing(renamed, seen))).to.equal('form.overtaken');
    expect(refusalOf(changing(renamed, shownIn(both, 'sv').seen))).to.equal(null);
    const timed = typed({ title: 'Lokaler', background: 'Trångt.' }, { minutes: 20 });
    expect(wordsIn(write(both, changing(timed, seen))).title).to.deep.equal({ sv: 'Lokaler', fi: 'Tilat' });
    const anew = write(both, finnish({ title: 'Autot' }));
    expect(wordsIn(write(anew, changing(timed, shownIn(both, 'sv').seen))).title).to.deep.equal({ fi: 'Autot' });
    const older = seenOf(shownIn(both, 'sv').parts);
    expect(wordsIn(write(anew, changing(timed, older))).title, 'by a form of before').to.deep.equal({ fi: 'Autot' });
    const translated = changing(typed({ title: 'Premises' }, { language: 'en' }), shownIn(both, 'en').seen);
    expect(refusalOf(translated, anew), 'of other words').to.equal('form.overtaken');
  });

  it('has its links sealed with it, and the address of its document, also where they are carried over', () => {
    const secret = 'https://example.com/hemligt';
    const linked = write(added, changing(typed({ title: 'Lokaler', background: 'Trångt.' }, { links: [secret] })));
    expect(wordsIn(linked).links).to.deep.equal([secret]);
    const plan = { ...linked, items: [...linked.items, item('plan', { code: 'operatingPlan', year: 2027 })] };
    const sent: AgendaPress = { do: 'document', item: 'plan', sha256: 'f'.repeat(64), link: secret };
    const whole = write(plan, sent);
    expect(openedDocument(sealer, whole, itemIn(whole, 'plan'))?.link).to.equal(secret);
    expect(act(whole, 'kaisa', toCommand(sealer, whole, sent)).event, 'sent twice it is one').to.equal(null);
    const next = { ...agenda(), id: '2' };
    const carried = ['new', 'plan'].map((id) =>
      itemFor(sealer, { sitting: whole, item: itemIn(whole, id) }, { sitting: next, item: `from-1-${id}` }),
    );
    expect(carried.map((one) => openedWords(sealer, next, one).links)).to.deep.equal([[secret], []]);
    expect(carried.map((one) => openedDocument(sealer, next, one)?.link ?? null)).to.deep.equal([null, secret]);
    expect(JSON.stringify([whole, carried])).to.not.include('hemligt');
  });

  it('reads links of before they were sealed, and seals them with the next change', () => {
    const before = 'https://example.com/gammalt';
    const { items } = added;
    const older = { ...added, items: items.map((one) => (one.id === 'new' ? { ...one, openLinks: [before] } : one)) };
    const known = { ...older, items: older.items.map((one) => (one.id === 'new' ? { ...one, words: null } : one)) };
    expect(wordsIn(known).links).to.deep.equal([before]);
    const same = typed({}, { links: [before], minutes: 15 });
    expect(wordsIn(write(known, changing(same))).links, 'left alone they stay').to.deep.equal([before]);
    const sealed = write(known, changing(typed({ title: 'Nytt' }, { links: [before] })));
    expect(wordsIn(sealed).links).to.deep.equal([before]);
    expect(JSON.stringify(sealed)).to.not.include('gammalt');
    const removed = write(known, changing(typed({})));
    expect(wordsIn(removed).links, 'taken away').to.deep.equal([]);
    expect(JSON.stringify(removed)).to.not.include('gammalt');
  });

  it('keeps what was proposed once it is decided or voted on, and takes a translation of it', () => {
    const proposed = write(added, changing(typed({ title: 'Lokaler', proposal: 'Vi hyr.' })));
    const outcome = { by: idOf('kaisa'), at: monday.toString(), as: 'asProposed', text: null } as const;
    const decided: StoredSitting = {
      ...proposed,
      proceedings: {
        opened: outcome,
        closed: null,
        seats: [],
        chairs: [],
        secretary: null,
        presence: [],
        records: { new: { ...noRecord, outcome } },
      },
    };
    const refusalOf = (proposal: string, language: 'sv' | 'fi', of = decided): string | null =>
      refusal(() => toCommand(sealer, of, changing(typed({ title: 'Lokaler', proposal }, { language }))));
    expect(refusalOf('Vi köper.', 'sv')).to.equal('agenda.decidedOn');
    expect(refusalOf('', 'sv')).to.equal('agenda.decidedOn');
    expect(refusalOf('Vuokraamme.', 'fi')).to.equal(null);
    expect(refusalOf('Vi hyr.', 'sv')).to.equal(null);
    const titled = changing(typed({ title: 'Annat', proposal: 'Vi hyr.' }));
    expect(refusal(() => toCommand(sealer, decided, titled))).to.equal('agenda.decidedOn');
    const linked = changing(typed({ title: 'Lokaler', proposal: 'Vi hyr.' }, { links: ['https://example.com/'] }));
    expect(refusal(() => toCommand(sealer, decided, linked))).to.equal('agenda.decidedOn');
    const nothing = write(decided, changing(typed({ title: 'Lokaler', proposal: 'Vi hyr.' })));
    const { proceedings } = decided;
    const untold = { ...added, proceedings };
    expect(refusalOf('Vi hyr.', 'sv', untold), 'nothing was proposed').to.equal('agenda.decidedOn');
    expect(nothing).to.deep.equal(decided);
  });

  it('is written of no item that is not there', () => {
    const gone: AgendaPress = { do: 'change', item: 'gone', content: typed({}) };
    expect(refusal(() => toCommand(sealer, added, gone))).to.equal('agenda.noItem');
  });
});

function contentIn(command: AgendaCommand) {
  if (command.do !== 'change') throw new Error('Not a change.');
  return command.content;
}
