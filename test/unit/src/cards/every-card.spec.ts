import { createRequire } from 'node:module';
import { expect } from 'chai';
import { caseCard } from '../../../../src/referrals/card.ts';
import { labelOf, type Urgency } from '../../../../src/referrals/codes.ts';
import { listCard } from '../../../../src/referrals/list-card.ts';
import { languages } from '../../../../src/shared/language.ts';
import { people, referral, scene } from '../../../support/builders.ts';
import { allVerbs } from '../../../support/features.ts';
import { markedAgendas } from './agenda-cards.ts';
import { markedCards } from './checklist-cards.ts';
import { detailsCards, everyCard, secrets } from './every-card.ts';
import { markedMinutes } from './minutes-cards.ts';
import { markedSittings } from './sitting-cards.ts';

/** Its entry for bundlers is no module that Node can load; the file for browsers is. */
const adaptive: typeof import('adaptivecards') = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js');

/**
 * The renderer remembers in a global pattern where it stopped, so every second `lang` is invalid to it; and it counts
 * the buttons of the menu as well. What Teams shows of the buttons has a rule of its own below, and so have Teams' own
 * elements.
 */
const notOurs =
  /^Invalid value "(?:sv|fi|en)" for property "lang"\.$|^Maximum number of actions exceeded|^Unknown element type "(?:ProgressBar|Chart\.HorizontalBar\.Stacked)"\. Fallback will be used if present\.$/;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object of the card, itself included. */
function* parts(value: unknown): Generator<Fields> {
  if (Array.isArray(value)) for (const item of value) yield* parts(item);
  if (!isFields(value)) return;
  yield value;
  for (const inner of Object.values(value)) yield* parts(inner);
}

/** A card may have 28 KB [teams]. */
const limit = 28 * 1024;
/** Ids of people, bodies and cases; codes, placements, form ids. */
const plainId = /^[\p{L}\p{N}:_.~-]{1,100}$/u;
/** What has a form of its own: as `sealed-token.ts` makes them; and an item, or none of them. */
const formOf: Readonly<Record<string, RegExp>> = { document: /^[\w.-]+$/, item: /^[\p{L}\p{N}:_.~-]{0,100}$/u };

for (const language of languages) {
  describe(`every card in ${language}`, () => {
    const drawn = [...everyCard(language), ...detailsCards(language)];
    const each = (check: (part: Fields, name: string) => void): void => {
      for (const { name, card } of drawn) for (const part of parts(card)) check(part, name);
    };

    it('is understood by the renderer of Adaptive Cards without an error or a warning', () => {
      for (const { name, card } of drawn) {
        const context = new adaptive.SerializationContext();
        const parsed = new adaptive.AdaptiveCard();
        parsed.parse(JSON.parse(JSON.stringify(card)), context);
        const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
        const problems = [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
        expect(
          problems.filter((problem) => !notOurs.test(problem)),
          name,
        ).to.deep.equal([]);
      }
    });

    it('lets clients that lack an element of Teams’ own draw nothing in its place', () => {
      each(({ type, fallback }, name) => {
        if (type === 'ProgressBar' || type === 'Chart.HorizontalBar.Stacked') expect(fallback, name).to.equal('drop');
      });
    });

    it('has no more than the 28 KB that Teams takes, at its largest too', () => {
      const sizes = drawn.map(({ name, card }) => ({ name, bytes: Buffer.byteLength(JSON.stringify(card)) }));
      expect(sizes.filter(({ bytes }) => bytes > limit)).to.deep.equal([]);
    });

    it('is plain JSON: nothing is lost on the way', () => {
      for (const { name, card } of drawn) expect(JSON.parse(JSON.stringify(card)), name).to.deep.equal(card);
    });

    it('says in words what it is, in its language, to who hears it and to who cannot see cards', () => {
      for (const { name, card } of drawn) {
        expect(card.speak, name).to.be.a('string').and.not.equal('');
        expect(card.fallbackText, name).to.equal(card.speak);
        expect(card.lang, name).to.equal(language);
      }
    });

    it('has at most one button that leads on', () => {
      for (const { name, card } of drawn) {
        const positive = [...parts(card)].filter(
          ({ style, type }) => style === 'positive' && String(type).startsWith('Action.'),
        );
        expect(positive.length, name).to.be.at.most(1);
      }
    });

    it('has a label on every input, choices to choose from, and no id twice', () => {
      for (const { name, card } of drawn) {
        const inputs = [...parts(card)].filter(({ type }) => String(type).startsWith('Input.'));
        for (const { label, id, type, choices } of inputs) {
          expect(label, `${name} ${id}`).to.be.a('string').and.not.equal('');
          if (type === 'Input.ChoiceSet') expect(choices, `${name} ${id}`).to.be.an('array').that.is.not.empty;
        }
        const ids = [...parts(card)].flatMap(({ id, type }) => (typeof id === 'string' && type ? [id] : []));
        expect(new Set(ids).size, name).to.equal(ids.length);
      }
    });

    it('has a title on every button and a text in every place that shows one', () => {
      each((part, name) => {
        if (String(part.type).startsWith('Action.') && part.title !== undefined) {
          expect(part.title, name).to.be.a('string').and.not.equal('');
        }
        if (part.type === 'TextBlock') expect(part.text, name).to.be.a('string').and.not.equal('');
      });
    });

    it('begins no button with a small letter', () => {
      each((part, name) => {
        if (String(part.type).startsWith('Action.') && part.title !== undefined)
          expect(part.title, name).to.not.match(/^\p{Ll}/u);
      });
    });

    it('carries only verbs that there are, with ids, codes and pages, and a document sealed', () => {
      each((part, name) => {
        if (part.type !== 'Action.Execute' && part.type !== 'Action.Submit') return;
        if (part.type === 'Action.Execute')
          expect(allVerbs.includes(String(part.verb)), `${name}: ${part.verb}`).to.equal(true);
        for (const [key, value] of Object.entries(isFields(part.data) ? part.data : {})) {
          const plain =
            typeof value === 'number'
              ? Number.isInteger(value)
              : typeof value === 'string' && (formOf[key] ?? plainId).test(value);
          expect(plain, `${name}: ${key}=${String(value)}`).to.equal(true);
        }
      });
    });

    it('leaves no placeholder and no key where a text should be', () => {
      each((part, name) => {
        for (const text of [part.text, part.title, part.value, part.label, part.placeholder, part.speak]) {
          if (typeof text !== 'string') continue;
          expect(text, name).to.not.match(/\{\{|\}\}|\bundefined\b|\bnull\b|\[object/);
          expect(text, name).to.not.match(/^[a-z]+(?:\.[a-zA-Z]+)+$/);
        }
      });
    });

    it('offers at most six buttons outside its menu, as many as Teams shows', () => {
      for (const { name, card } of drawn.filter((one) => !one.name.startsWith('local:'))) {
        const shown = (card.actions ?? []).filter((action) => !('mode' in action) || action.mode !== 'secondary');
        expect(shown.length, name).to.be.at.most(6);
      }
    });

    it('marks what is urgent in words and in the same colour on its own card and in the list, unless that is around it', () => {
      const marks = (card: unknown, urgency: Urgency): unknown[] =>
        [...parts(card)].filter(
          ({ type, items }) =>
            type === 'Container' &&
            Array.isArray(items) &&
            items.some((item) => isFields(item) && item.text === labelOf('urgency', urgency, language)),
        );
      const here = scene(language);
      const list = { filter: 'open', page: 0, place: {}, total: 1, inTeamChat: true } as const;
      const styles = (['normal', 'soon', 'atOnce'] as const).map((urgency) => {
        const one = referral({ urgency, owner: { person: people.petri, since: '2026-11-23T07:00:00.000Z' } });
        const [own, listed] = [caseCard(one, here), listCard({ ...list, referrals: [one] }, here)].map((card) =>
          marks(card, urgency).map((mark) => isFields(mark) && mark.style),
        );
        expect(listed, urgency).to.deep.equal(own);
        return own;
      });
      expect(styles).to.deep.equal([[], ['warning'], ['attention']]);
      const untaken = marks(caseCard(referral({ urgency: 'soon' }), here), 'soon');
      expect(untaken.map((mark) => isFields(mark) && mark.style)).to.deep.equal(['default']);
    });

    it('has the values of all its facts under each other', () => {
      for (const { name, card } of drawn) {
        const tables = [...parts(card)].filter(({ type }) => type === 'Table');
        expect(new Set(tables.map(({ columns }) => JSON.stringify(columns))).size, name).to.be.at.most(1);
      }
    });

    it('asks for the views of at most sixty people', () => {
      for (const { name, card } of drawn) expect(card.refresh?.userIds?.length ?? 0, name).to.be.at.most(60);
    });
  });

  describe(`what is sealed, in ${language}`, () => {
    it('stands on no card, not even as ciphertext; the details alone get it opened', () => {
      for (const { name, card } of everyCard(language)) {
        const text = JSON.stringify(card);
        for (const secret of Object.values(secrets)) expect(text, name).to.not.contain(secret);
      }
    });

    it('is shown of a list as its leader wrote it, without reading links or Markdown into it', () => {
      const wrote = '[x](https://example.com) **y** A_B';
      for (const { name, card } of markedCards(language, wrote)) {
        const read = [...parts(card)].filter(({ type, text }) => type === 'TextBlock' && typeof text === 'string');
        const shown = read.map(({ text }) => String(text)).filter((text) => text.includes('example.com'));
        expect(shown, name).to.not.deep.equal([]);
        for (const text of shown) expect(text, name).to.include('\\[x\\](https://example.com) \\*\\*y\\*\\* A\\_B');
      }
    });

    it('is shown of an agenda and its minutes as people wrote it, without reading links or Markdown into it', () => {
      const wrote = '[x](https://example.com) **y** A_B';
      for (const { name, card } of [...markedAgendas(language, wrote), ...markedMinutes(language, wrote)]) {
        const read = [...parts(card)].filter(({ type, text }) => type === 'TextBlock' && typeof text === 'string');
        const shown = read.map(({ text }) => String(text)).filter((text) => text.includes('example.com'));
        expect(shown, name).to.not.deep.equal([]);
        for (const text of shown) expect(text, name).to.include('\\[x\\](https://example.com) \\*\\*y\\*\\* A\\_B');
      }
    });

    it('is shown of a meeting as people wrote it, and as they are called, wherever that is read', () => {
      // As long as the title of a button may be.
      const wrote = '[x](https://example.com) `**y`_<at>\\';
      const escaped = '\\[x\\](https://example.com) \\`\\*\\*y\\`\\_\\<at\\>\\\\';
      for (const { name, card } of markedSittings(language, wrote)) {
        const all = [...parts(card)];
        // A client that cannot draw cards may read Markdown in what it shows instead.
        const asMarkdown = all.flatMap(({ type, text, fallbackText }) =>
          [type === 'TextBlock' ? text : '', fallbackText].filter((one) => typeof one === 'string'),
        );
        const asIs = all.flatMap(({ type, text, title, tooltip, label, placeholder }) =>
          [type === 'TextRun' ? text : '', title, tooltip, label, placeholder].filter((one) => typeof one === 'string'),
        );
        const theirs = (one: string): boolean => one.includes('example.com');
        expect([...asMarkdown, ...asIs].filter(theirs), name).to.not.deep.equal([]);
        for (const text of asMarkdown.filter(theirs)) expect(text, name).to.include(escaped);
        for (const text of asIs.filter(theirs)) expect(text, name).to.include(wrote);
      }
    });

    it('begins no list and no heading where people have begun a line as one', () => {
      for (const wrote of ['1. example.com\n2) x\n- y', '- example.com\n+ x\n# y']) {
        const drawn = [markedCards, markedAgendas, markedMinutes, markedSittings].flatMap((each) =>
          each(language, wrote),
        );
        for (const { name, card } of drawn) {
          const read = [...parts(card)].filter(({ type, text }) => type === 'TextBlock' && typeof text === 'string');
          for (const { text } of read) expect(text, name).to.not.match(/^ *(?:[-+]|#+|\d+[.)]) /m);
        }
      }
    });

    it('is shown in the details as it was written, without reading links or Markdown into it', () => {
      const [, little] = detailsCards(language);
      const [named] = [...parts(little?.card)].filter(
        ({ text }) => typeof text === 'string' && text.includes('example.com'),
      );
      expect(named?.text).to.equal('\\[x\\](https://example.com) \\*y\\*');
    });
  });
}
