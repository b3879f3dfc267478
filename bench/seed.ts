import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRegionFile } from '../bot/region-file.ts';
import { emptyLedger } from '../src/audit/model.ts';
import { createAuditService } from '../src/audit/service.ts';
import { newChat } from '../src/conversations/model.ts';
import { chatKey } from '../src/conversations/service.ts';
import { newDelivery, placeIn, record } from '../src/delivery/model.ts';
import { chatOf } from '../src/directory/model.ts';
import { contextOf } from '../src/referrals/details.ts';
import { logPartition, referralAggregates, referralKey, type StoredReferral } from '../src/referrals/stored.ts';
import { systemClock, toStored } from '../src/shared/clock.ts';
import { type CaseReference, formatReference } from '../src/shared/ids.ts';
import { createSealer } from '../src/storage/envelope.ts';
import { parseKeyRing } from '../src/storage/keys.ts';
import { openSqliteStore } from '../src/storage/sqlite.ts';

export interface SeedOptions {
  storedCases: number;
  /** Where the chat's messages go. */
  serviceUrl: string;
  /** As `DATA_KEYS` has them. */
  dataKeys: string;
}

export interface SeededCases {
  tenant: string;
  /** Id of the chat that the cases' team is bound to. */
  conversation: string;
  /** An expert of that team, by Microsoft Entra object id. */
  person: string;
  /** Open cases that stand in the chat. */
  references: readonly string[];
}

const regionFile = join(import.meta.dirname, '../env/regions/vastra-nyland.yaml');
const openCases = 40;
const batch = 2_000;

/**
 * Fills an empty data folder as years of work would: `storedCases` cases of one team, most of them decided, and forty
 * open ones that stand in the team's chat.
 */
export async function seed(dataFolder: string, options: SeedOptions): Promise<SeededCases> {
  const { storedCases, serviceUrl, dataKeys } = options;
  mkdirSync(dataFolder, { recursive: true });
  const { directory } = readRegionFile(regionFile);
  const sealer = createSealer(parseKeyRing(dataKeys));
  const store = openSqliteStore(join(dataFolder, 'ankarbot.db'));
  const audit = createAuditService(store, (text) => sealer.fingerprint(text, 'audit'));
  const referrals = referralAggregates(store);
  const { tenant } = directory;
  const [team] = directory.bodies;
  const conversation = team && chatOf(directory, team.id);
  const person = directory.members.find((member) => member.body === team?.id)?.person;
  if (!team?.code || !conversation || !person) throw new Error('the example region has a team with a chat and people');
  const home = { code: team.code, team: team.id, conversation, person };
  const now = systemClock.now();

  const chat = newChat({ conversation, kind: 'groupChat', serviceUrl, botId: '28:ankarbot', person: null }, now);
  await store.create({
    ...chatKey(tenant, conversation),
    kind: 'chat',
    status: 'open',
    owner: null,
    at: null,
    wakeAt: null,
    data: { ...chat, greetedAt: toStored(now), tenant },
  });

  function caseOf(reference: CaseReference, open: boolean): StoredReferral {
    const place = { tenant, team: home.team, reference };
    const at = toStored(now);
    const placed = placeIn({ ...newDelivery(now), wakeAt: null }, home.conversation, `p-${reference}`);
    const shown = { did: 'shown', placement: `p-${reference}`, activityId: `m-${reference}`, revision: 1 } as const;
    return {
      ...place,
      municipality: 'lojo',
      source: 'school',
      basis: 'concern',
      concerns: ['theft', 'absence'],
      ageBand: 'from12to14',
      gender: 'girl',
      urgency: 'normal',
      legalBasis: null,
      receivedAt: at,
      origin: { source: 'bench' },
      identity: sealer.seal(
        { name: 'Bänk Exempel', birthYear: 2013, guardianContact: null },
        contextOf(place, 'identity'),
      ),
      narrative: sealer.seal('x'.repeat(600), contextOf(place, 'narrative')),
      owner: null,
      untakenSince: at,
      undecidedSince: at,
      asked: [],
      assessments: [],
      decision: open
        ? null
        : { outcome: 'accepted', reason: 'offence' as const, service: null, by: home.person, at, alone: null },
      round: 1,
      takenAt: null,
      unrecorded: [],
      ledger: audit.append(logPartition(place), emptyLedger, {
        at,
        who: 'source:bench',
        what: 'referral.receive',
        why: 'triage',
      }),
      delivery: record(placed, { ...shown, conversation: home.conversation }),
    };
  }

  const references: string[] = [];
  for (let first = 1; first <= storedCases; first += batch) {
    const numbers = Array.from({ length: Math.min(batch, storedCases - first + 1) }, (_, index) => first + index);
    await Promise.all(
      numbers.map(async (number) => {
        const reference = formatReference(home.code, 2026, number);
        const open = number <= openCases;
        if (open) references.push(reference);
        const referral = caseOf(reference, open);
        await referrals.create(referralKey(referral), referral);
      }),
    );
  }
  await store.close();
  return { tenant, conversation, person, references };
}
