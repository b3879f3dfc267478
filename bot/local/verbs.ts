import { z } from 'zod';
import { button, type Card, type CardAction, subtle, text, withoutMarkdown } from '../../src/cards/elements.ts';
import { emptyForm, field, formCard } from '../../src/cards/form.ts';
import { choiceField } from '../../src/cards/inputs.ts';
import { plainCard } from '../../src/conversations/card.ts';
import type { MetPerson } from '../../src/conversations/service.ts';
import { roleText } from '../../src/directory/card.ts';
import { bodyOf, type Directory, isTeam, membershipsOf, nameOf } from '../../src/directory/model.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { type PersonId, personId, type TenantId } from '../../src/shared/ids.ts';
import { type Texts, textsFor } from '../../src/shared/text.ts';
import { command } from '../handlers/command.ts';
import type { Feature } from '../handlers/feature.ts';
import { type Press, type VerbsOf, verb } from '../handlers/verb.ts';
import { type ActAs, actAsWords, parseActAs } from './act-as.ts';
import { type Acting, findPerson } from './acting.ts';
import { sampleIntake } from './sample.ts';

declare module '../../src/cards/verbs.ts' {
  interface Verbs {
    local: 'actAsForm' | 'actAs' | 'sampleReferral';
  }
}

/** What only local mode offers: to act as any of the example people, and to hand in a fictional referral. */
export interface LocalPlay extends Feature {
  /** `agera som …`: whoever is oneself already sees whom one can choose. */
  actAs(press: Pick<Press, 'actor' | 'texts' | 'by'>, who: ActAs): Card;
  /** The card with a line that says as whom its reader acts, while that is somebody else. */
  signed(card: Card, texts: Texts, from: { tenant: TenantId | null; by: MetPerson | null }): Card;
}

export function createLocalPlay(parts: {
  acting: Acting;
  directory: DirectoryService;
  referrals: ReferralService;
  clock: Clock;
}): LocalPlay {
  const { acting, directory, referrals, clock } = parts;
  let samples = 0;

  function chooser({ actor, texts }: Pick<Press, 'actor' | 'texts'>, lead: string): Card {
    const region = directory.require(actor.tenant);
    return formCard(texts, emptyForm, {
      title: texts('local.actAs'),
      fields: [
        text(lead),
        ...choiceField({
          ...field(emptyForm, 'person'),
          label: texts('local.person'),
          choices: region.people.map(({ id, name }) => ({ title: introduced(region, texts, id, name), value: id })),
          hint: texts('form.choose'),
        }),
      ],
      submit: { title: texts('local.actAsSubmit'), verb: 'local.actAs' },
    });
  }

  function become({ actor, texts, by }: Pick<Press, 'actor' | 'texts' | 'by'>, person: PersonId, name: string): Card {
    acting.choose(by.person, person === by.person ? null : person);
    const [self = ''] = (nameOf(directory.require(actor.tenant), by.person) ?? '').split(' ');
    const lead = person === by.person ? texts('local.lead') : texts('local.actingLead', { self });
    return plainCard(texts, texts('local.actingAs', { name }), lead, [
      ...listFor({ actor, texts }, person),
      button(texts('local.actAs'), 'local.actAsForm'),
    ]);
  }

  /** Only people of a team have cases to list. */
  function listFor({ actor, texts }: Pick<Press, 'actor' | 'texts'>, person: PersonId): CardAction[] {
    const region = directory.require(actor.tenant);
    const bodies = membershipsOf(region, person).flatMap(({ body }) => bodyOf(region, body) ?? []);
    return bodies.some(isTeam) ? [button(texts('help.list'), 'referral.list', { filter: 'open' })] : [];
  }

  const actAs: LocalPlay['actAs'] = (press, who) => {
    const { actor, texts, by } = press;
    const region = directory.require(actor.tenant);
    if (who.as === 'oneself' && actor.person !== by.person) {
      return become(press, by.person, nameOf(region, by.person) ?? '');
    }
    if (who.as !== 'named') return chooser(press, texts('local.actAsLead'));
    const found = findPerson(region, who.name);
    return found ? become(press, found.id, found.name) : chooser(press, texts('local.unknownPerson'));
  };

  const signed: LocalPlay['signed'] = (card, texts, { tenant, by }) => {
    const region = tenant && directory.of(tenant);
    if (!region || !by || acting.as(by.person) === by.person) return card;
    const name = nameOf(region, acting.as(by.person)) ?? '';
    // The card of the change says it already.
    if (card.speak === texts('local.actingAs', { name })) return card;
    return { ...card, body: [...card.body, subtle(texts('local.stillActing', { name: withoutMarkdown(name) }))] };
  };

  const verbs: VerbsOf<'local'> = {
    'local.actAsForm': verb({
      input: z.object({}),
      audience: 'local mode only',
      run: async (press) => chooser(press, press.texts('local.actAsLead')),
    }),
    'local.actAs': verb({
      input: z.object({ person: z.string().max(100).default('') }),
      audience: 'local mode only',
      async run(press, { person }) {
        const { people } = directory.require(press.actor.tenant);
        const found = people.find(({ id }) => id === personId(person));
        return found ? become(press, found.id, found.name) : chooser(press, press.texts('local.actAsLead'));
      },
    }),
    'local.sampleReferral': verb({
      input: z.object({}),
      audience: 'local mode only',
      async run({ actor, texts }) {
        const region = directory.require(actor.tenant);
        const { year } = clock.now().toZonedDateTimeISO(region.policy.timeZone);
        const intake = sampleIntake(region, samples, year);
        samples += 1;
        // From its own source, whoever presses: their profession would count as that of the text's author.
        const { reference } = await referrals.receive(actor.tenant, intake, { source: intake.coded.source });
        return plainCard(texts, texts('local.sampleSent', { reference }), texts('local.lead'), [
          button(texts('local.sample'), 'local.sampleReferral'),
          button(texts('local.actAs'), 'local.actAsForm'),
          ...listFor({ actor, texts }, actor.person),
          button(texts('actions.back'), 'chat.welcome'),
        ]);
      },
    }),
  };

  return {
    actAs,
    signed,
    verbs,
    commands: [
      command({
        words: actAsWords,
        example: { sv: 'agera som Anna', fi: 'toimi kuin Anna', en: 'act as Anna' },
        evidence: [],
        read: () => null,
        readText(text, vocabulary) {
          const who = parseActAs(text, vocabulary);
          return who && { verb: 'local.actAs', answer: async (press) => actAs(press, who) };
        },
      }),
    ],
    offer: (texts) => ({
      buttons: [button(texts('local.sample'), 'local.sampleReferral'), button(texts('local.actAs'), 'local.actAsForm')],
      notes: [texts('local.lead')],
      // The Playground knows the bot by one name.
      mention: textsFor('sv')('welcome.mention'),
    }),
  };
}

/** "Petri Aaltonen – Polis, Lojo ankarteam". */
function introduced(region: Directory, texts: Texts, person: PersonId, name: string): string {
  const [first] = membershipsOf(region, person);
  const body = first && bodyOf(region, first.body);
  if (!body) return name;
  const what = first.profession ? texts(`profession.${first.profession}`) : roleText(texts, body.kind, first.role);
  return `${name} – ${what}, ${body.name[texts.language]}`;
}
