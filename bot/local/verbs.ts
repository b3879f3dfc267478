import { z } from 'zod';
import { button, type Card, card, heading, text } from '../../src/cards/elements.ts';
import { plainCard } from '../../src/conversations/card.ts';
import type { DirectoryService } from '../../src/directory/service.ts';
import type { ReferralService } from '../../src/referrals/service.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { type PersonId, personId } from '../../src/shared/ids.ts';
import type { Texts } from '../../src/shared/text.ts';
import { type Press, type VerbTable, verb } from '../handlers/verb.ts';
import { type Acting, findPerson } from './acting.ts';
import { sampleIntake } from './sample.ts';

/** What only local mode offers: to act as any of the example people, and to hand in a fictional referral. */
export interface LocalPlay {
  verbs: VerbTable;
  /** `agera som …`: null shows whom one can choose. */
  actAs(press: Pick<Press, 'actor' | 'texts' | 'by'>, who: string | null): Card;
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
    const { people } = directory.require(actor.tenant);
    return card(texts, {
      speak: texts('local.actAs'),
      body: [heading(texts('local.actAs')), text(lead)],
      actions: people.map(({ id, name }) => button(name, 'local.actAs', { person: id })),
    });
  }

  function become(texts: Texts, by: Press['by'], person: PersonId, name: string): Card {
    acting.choose(by.person, person === by.person ? null : person);
    return plainCard(texts, texts('local.actingAs', { name }), texts('local.actAsLead'), [
      button(texts('help.list'), 'referral.list', { filter: 'open', page: 0 }),
      button(texts('local.actAs'), 'local.actAsForm'),
    ]);
  }

  return {
    actAs({ actor, texts, by }, who) {
      if (who === null) return chooser({ actor, texts }, texts('local.actAsLead'));
      const found = findPerson(directory.require(actor.tenant), who);
      return found ? become(texts, by, found.id, found.name) : chooser({ actor, texts }, texts('local.unknownPerson'));
    },
    verbs: {
      'local.actAsForm': verb({
        input: z.object({}),
        audience: 'local mode only',
        run: async (press) => chooser(press, press.texts('local.actAsLead')),
      }),
      'local.actAs': verb({
        input: z.object({ person: z.string().max(100) }),
        audience: 'local mode only',
        async run(press, { person }) {
          const { people } = directory.require(press.actor.tenant);
          const found = people.find(({ id }) => id === personId(person));
          return found
            ? become(press.texts, press.by, found.id, found.name)
            : chooser(press, press.texts('local.unknownPerson'));
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
          const { reference } = await referrals.receive(actor.tenant, intake, { by: actor.person });
          return plainCard(texts, texts('local.sampleSent', { reference }), texts('welcome.how'), [
            button(texts('local.sample'), 'local.sampleReferral'),
            button(texts('help.list'), 'referral.list', { filter: 'open', page: 0 }),
            button(texts('referral.actions.back'), 'chat.welcome'),
          ]);
        },
      }),
    },
  };
}
