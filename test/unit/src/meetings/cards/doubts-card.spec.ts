import { expect } from 'chai';
import { doubtsText } from '../../../../../src/meetings/cards/doubts-card.ts';
import type { Doubt } from '../../../../../src/meetings/doubts.ts';
import type { Meeting } from '../../../../../src/meetings/model.ts';
import type { Language } from '../../../../../src/shared/language.ts';
import { textsFor } from '../../../../../src/shared/text.ts';
import { calendar, type ExamplePerson, exampleDirectory, monday, people } from '../../../../support/builders.ts';
import { meeting, thursday } from '../../../../support/meetings.ts';

const busy = (who: ExamplePerson, other: Meeting | null = meeting()): Doubt => {
  return { is: 'busy', person: people[who], slot: thursday, at: thursday, with: other };
};
const said = (doubts: readonly Doubt[], language: Language = 'sv'): string[] => {
  const scene = { texts: textsFor(language), directory: exampleDirectory(), calendar, now: monday, placement: null };
  return doubtsText(doubts, scene).split('\n').slice(1);
};
const team = ['petri', 'sofia', 'niina', 'jonas', 'maria'] as const;

describe('the banner of what speaks against a meeting', () => {
  it('has one line for what several have at the same time, and names a few of them', () => {
    const all = team.map((who) => busy(who));
    expect(said(all)).to.deep.equal([
      '- Petri Aaltonen, Sofia Ekholm, Niina Hakala och 2 till har samtidigt Ärendegenomgång (tors 26 nov kl. 13.00 · 1 h)',
    ]);
    expect(said(all, 'fi')[0]).to.include('Niina Hakala ja 2 muuta: samaan aikaan');
    expect(said(all, 'en')[0]).to.include('and 2 more have this at the same time');
    expect(said(all.slice(0, 1), 'en')[0]).to.include('has this at the same time');
  });

  it('keeps those apart who have something else', () => {
    expect(said([busy('petri'), busy('sofia', null), busy('niina')])).to.have.length(2);
  });

  it('names the end where that is outside working hours, and the hours as everywhere, in every language', () => {
    const ends = (minutes: number): Doubt => ({ is: 'ends', slot: { start: '2026-11-26T15:00', minutes } });
    expect(said([ends(90)])).to.deep.equal([
      '- tors 26 nov kl. 15.00 slutar först kl. 16.30, efter arbetstiden (08.00–16.00)',
    ]);
    expect(said([ends(90)], 'fi')[0]).to.include('päättyy vasta klo 16.30, työajan (08.00–16.00) jälkeen');
    expect(said([ends(90)], 'en')[0]).to.include('ends only at 16:30, after working hours (08:00–16:00)');
    expect(said([ends(720)])[0], 'the next day').to.include('slutar först fre 27 nov kl. 03.00');
    const early: Doubt = { is: 'hours', slot: { start: '2026-11-26T07:00', minutes: 60 } };
    expect(said([early])[0]).to.include('börjar utanför arbetstiden (08.00–16.00)');
  });
});
