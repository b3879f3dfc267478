import { emptyForm, type Form, filledForm, shortened, withNewer } from '../../../../src/cards/form.ts';
import { personId } from '../../../../src/shared/ids.ts';
import { type Language, languages } from '../../../../src/shared/language.ts';
import { seenOf } from '../../../../src/shared/seen.ts';
import { agendaCard, agendaMessage } from '../../../../src/steering/agenda/card.ts';
import { whichItemCard } from '../../../../src/steering/agenda/document-card.ts';
import { type ItemStep, itemForm, itemLimits, newerParts } from '../../../../src/steering/agenda/item-form.ts';
import { sendCard } from '../../../../src/steering/agenda/send-card.ts';
import { type Item, limits, type Words, type Written } from '../../../../src/steering/model.ts';
import { noticeMessage } from '../../../../src/steering/notice-card.ts';
import { type Reading, readBy } from '../../../../src/steering/reading.ts';
import { anybody, type Reader } from '../../../../src/steering/rights.ts';
import type { StoredSitting } from '../../../../src/steering/stored.ts';
import { agenda, drawnFor, holding, idOf, item, opening, played } from '../../../support/agendas.ts';
import { monday } from '../../../support/builders.ts';
import type { DrawnCard } from './every-card.ts';

const keeper: Reader = { is: 'keeper', person: idOf('kaisa') };
const member: Reader = { is: 'member', person: idOf('risto') };
const readers = { 'its keeper': keeper, 'a member': member, anybody } as const;

const mark = { by: idOf('kaisa'), at: monday.toString() };
const inAllOf = (text: string): Written => Object.fromEntries(languages.map((language) => [language, text]));
const wordsOf = (title: string, background = '', proposal = ''): Words => ({
  title: inAllOf(title),
  background: background ? inAllOf(background) : {},
  proposal: proposal ? inAllOf(proposal) : {},
  links: [],
});

/** Two bytes a letter, the most that is taken. */
const long = (length: number): string => 'ä'.repeat(length);
const longLink = `https://example.com/${'x'.repeat(limits.link - 20)}`;
const longest: Words = {
  ...wordsOf(long(limits.title), long(limits.background), long(limits.proposal)),
  links: Array.from({ length: limits.links }, () => longLink),
};
const document = { ...mark, sha256: 'f'.repeat(64), link: longLink };
const placement = `agenda:${monday.toString({ smallestUnit: 'millisecond' })}:${idOf('kaisa')}`;

/** As long as it gets: `count` items of everything that an item can have, of all kinds, some proposed and some removed. */
export function largestAgenda(count: number, over: Partial<StoredSitting> = {}): StoredSitting {
  const items = Array.from({ length: count }, (_, at): Item => {
    const state = { 3: { is: 'proposed' as const }, 7: { is: 'removed' as const, ...mark } }[at % 10];
    return item(`${String(at).padStart(8, '0')}-0000-4000-8000-000000000000`, {
      kind: 'information',
      presenter: idOf('carola'),
      minutes: 95,
      confidential: at % 4 === 0,
      begun: { ...mark, by: idOf('risto') },
      late: 'added',
      document,
      ...(state && { state }),
    });
  });
  return agenda({ items, ...over }, holding({ place: { online: true, where: long(300) } }));
}

const readWith =
  (words: Words) =>
  (sitting: StoredSitting, reader: Reader): Reading =>
    readBy(
      sitting,
      reader,
      opening(({ code }) => (code ? wordsOf('') : words)),
    );
const readLongest = readWith(longest);

/** Cards of an agenda of which every text is `words`. */
export function markedAgendas(language: Language, words: string): DrawnCard[] {
  const scene = drawnFor(language, { placement });
  const own = item('own', { state: { is: 'proposed' }, begun: { ...mark, by: idOf('risto') } });
  const taken = item('taken', { late: 'added', begun: { ...mark, by: idOf('risto') } });
  const place = { online: false, where: words };
  const sitting = agenda({ items: [own, taken], sent: mark }, holding({ place }));
  const read = readWith(wordsOf(words, words, words))(sitting, keeper);
  const noticed = (kind: 'changed' | 'proposed' | 'accepted', about: string): DrawnCard[] => {
    const message = noticeMessage(read, { kind, key: `${kind}:${about}:x`, to: idOf('risto') }, scene);
    return message ? [{ name: `agenda notice: ${kind}`, card: message.card }] : [];
  };
  return [
    { name: 'agenda', card: agendaCard(read, scene, { unfolded: 'taken' }) },
    { name: 'sending', card: sendCard(read, 24, scene) },
    ...noticed('changed', 'taken'),
    ...noticed('proposed', 'own'),
    ...noticed('accepted', 'taken'),
  ];
}

export function agendaCards(language: Language, refreshFor: readonly string[]): DrawnCard[] {
  const scene = drawnFor(language, { placement });
  const { texts } = scene;
  const begun = agenda();
  const sent = played(begun, ['kaisa', { do: 'send' }]);
  const states: Readonly<Record<string, StoredSitting>> = {
    begun,
    'without a meeting': agenda({}, null),
    sent,
    answered: { ...sent, comings: { [idOf('risto')]: 'yes', [idOf('kaisa')]: 'no' } },
    'without its meeting': { ...sent, holding: null },
    over: { ...sent, over: true },
    'of forty': largestAgenda(40),
    'of forty, sent': largestAgenda(40, { sent: mark }),
    'of a hundred': largestAgenda(limits.items),
    'of a hundred, sent': largestAgenda(limits.items, { sent: mark }),
  };
  const said = { tone: 'warning', text: texts('errors.agenda.proposalsOver') } as const;
  const largest = largestAgenda(limits.items, { sent: mark });
  const facts = { kind: 'decision' as const, presenter: null, minutes: null, links: [], confidential: false };
  const seen = `${seenOf({ ...facts, title: '', background: '', proposal: '' })}~${seenOf({ ...wordsOf('').title })}`;
  const step = (over: Partial<ItemStep> = {}): ItemStep => ({
    ref: begun,
    item: { id: '0'.repeat(36), isNew: true },
    language,
    named: null,
    usual: null,
    words: { title: {}, background: {}, proposal: {} },
    isProposal: false,
    scene,
    ...over,
  });
  const typed = {
    title: '€'.repeat(limits.title),
    background: '€'.repeat(limits.background),
    proposal: '€'.repeat(limits.proposal),
    links: '€'.repeat(4 * limits.link),
    minutes: '9999',
    presenter: personId('gone'),
  };
  const wrong = (...fields: string[]): Form['errors'] =>
    Object.fromEntries(fields.map((field) => [field, texts('problem.tooWide')]));
  const filled: Form = {
    ...shortened(typed, itemLimits),
    errors: wrong('title', 'background', 'proposal', 'links', 'minutes', 'presenter'),
  };

  const links = Array.from({ length: limits.links }, () => 'a'.repeat(limits.link));
  const inAll = step({ seen, words: wordsOf(typed.title, typed.background, typed.proposal) });
  const newer = newerParts({ ...facts, ...typed, minutes: null, links }, Object.keys(typed), inAll);
  // Only what reads well comes so far.
  const again = withNewer(filledForm({ ...typed, links: links.join('\n') }), newer);

  return [
    ...Object.entries(states).flatMap(([state, sitting]) =>
      Object.entries(readers).flatMap(([who, reader]) => {
        const reading = readLongest(sitting, reader);
        const pages = Math.ceil(reading.items.length / 6);
        const last = reading.items.at(-1)?.id;
        return [
          ...Array.from({ length: pages }, (_, page) => ({
            name: `agenda ${state} for ${who}, page ${page}`,
            card: agendaCard(reading, scene, { page, said }),
          })),
          ...reading.items.slice(0, 10).map(({ id }) => ({
            name: `agenda ${state} for ${who}, unfolded at ${id}`,
            card: agendaCard(reading, scene, { unfolded: id, said }),
          })),
          { name: `agenda ${state} for ${who}, unfolded`, card: agendaCard(reading, scene, { unfolded: last, said }) },
        ];
      }),
    ),
    {
      name: 'largest agenda in its chat',
      card: agendaMessage(readLongest(largest, anybody), scene, { refreshFor }).card,
    },
    { name: 'agenda: sending', card: sendCard(readLongest(begun, keeper), 24, scene) },
    { name: 'agenda: sending the largest', card: sendCard(readLongest(largest, keeper), 24, scene) },
    ...(['changed', 'silent', 'danger'] as const).flatMap((kind) => {
      const of = kind === 'changed' ? largest : sent;
      const message = noticeMessage(readLongest(of, keeper), { kind, key: `${kind}:x`, to: idOf('risto') }, scene);
      return message ? [{ name: `agenda notice: ${kind}`, card: message.card }] : [];
    }),
    {
      name: 'agenda: which item a document is of',
      card: whichItemCard(
        readLongest(largest, keeper)
          .items.slice(0, 6)
          .map((choice) => ({ reading: readLongest(largest, keeper), item: choice })),
        { sha256: document.sha256, pass: 'p'.repeat(2_000) },
        scene,
      ),
    },
    ...markedAgendas(language, long(limits.title)),
    { name: 'agenda form: a proposal', card: itemForm(step({ isProposal: true }), emptyForm) },
    {
      name: 'agenda form: what every agenda has, in another language',
      card: itemForm(
        step({
          item: { id: 'figures', isNew: false },
          named: texts('agenda.item.figures'),
          usual: texts('agenda.proposal.quorum'),
          language: language === 'fi' ? 'sv' : 'fi',
          seen,
        }),
        filledForm({ kind: 'decision', presenter: idOf('risto'), confidential: 'true' }),
      ),
    },
    { name: 'agenda form: largest', card: itemForm(inAll, filled) },
    { name: 'agenda form: largest, overtaken', card: itemForm(inAll, again) },
  ];
}
