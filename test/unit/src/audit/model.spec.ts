import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  type AuditEntry,
  type AuditEvent,
  append,
  emptyLedger,
  fullPage,
  type Ledger,
  pageSize,
  verify,
  withoutPage,
} from '../../../../src/audit/model.ts';
import { auditEvent } from '../../../support/builders.ts';

const hash = (text: string): string => createHmac('sha256', 'key').update(text).digest('base64url');
const otherHash = (text: string): string => createHmac('sha256', 'another').update(text).digest('base64url');

const word = fc.string({ maxLength: 6 });
const anyEvent: fc.Arbitrary<AuditEvent> = fc.record(
  {
    at: word,
    who: word,
    what: word,
    why: word,
    detail: fc.dictionary(fc.constantFrom('to', 'outcome', 'worry'), fc.oneof(word, fc.nat(4))),
  },
  { requiredKeys: ['at', 'who', 'what', 'why'] },
);
const events = fc.array(anyEvent, { minLength: 1, maxLength: 12 });

function logOf(logged: readonly AuditEvent[]): Ledger {
  return logged.reduce((ledger, event) => append(ledger, event, hash), emptyLedger);
}

/** Whether two logs say the same, whatever order the details are written in. */
const same = (a: readonly AuditEntry[], b: readonly AuditEntry[]): boolean => {
  const told = (entries: readonly AuditEntry[]) =>
    JSON.stringify(
      entries.map(({ detail = {}, seq, prev, at, who, what, why }) => [
        seq,
        prev,
        at,
        who,
        what,
        why,
        Object.entries(detail).sort(),
      ]),
    );
  return told(a) === told(b);
};

describe('the log of a case', () => {
  it('is intact as it was written, whatever was written', () => {
    fc.assert(
      fc.property(events, (logged) => {
        const ledger = logOf(logged);
        expect(verify(ledger.pending, ledger, hash)).to.deep.equal({ intact: true, brokenAt: null });
        expect(ledger.seq).to.equal(logged.length);
      }),
    );
    expect(verify([], emptyLedger, hash).intact).to.equal(true);
  });

  const tampering: Record<string, (entries: AuditEntry[], at: number, event: AuditEvent) => AuditEntry[]> = {
    'a changed entry': (entries, at, event) =>
      entries.map((entry, index) => (index === at ? { ...entry, ...event } : entry)),
    'a removed entry': (entries, at) => entries.filter((_, index) => index !== at),
    'a removed entry whose successors were renumbered': (entries, at) =>
      entries.filter((_, index) => index !== at).map((entry, index) => ({ ...entry, seq: index + 1 })),
    'an inserted entry': (entries, at, event) =>
      entries.toSpliced(at, 0, { ...event, seq: at + 1, prev: entries[at]?.prev ?? '' }),
    'two entries in the other order': (entries, at) => {
      const [one, other] = [entries[at], entries[(at + 1) % entries.length]];
      return entries.map((entry) => (entry === one && other ? other : entry === other && one ? one : entry));
    },
    'a cut end': (entries, at) => entries.slice(0, at),
    'an end that was written anew': (entries, at, event) =>
      [...entries.slice(0, at), event].reduce((ledger, next) => append(ledger, next, otherHash), emptyLedger).pending,
  };
  for (const [name, tamper] of Object.entries(tampering)) {
    it(`shows ${name}`, () => {
      fc.assert(
        fc.property(events, fc.nat(11), anyEvent, (logged, position, event) => {
          const ledger = logOf(logged);
          const at = position % logged.length;
          const tampered = tamper([...ledger.pending], at, event);
          fc.pre(!same(tampered, ledger.pending));
          const verdict = verify(tampered, ledger, hash);
          expect(verdict.intact).to.equal(false);
          expect(verdict.brokenAt).to.be.within(1, logged.length + 1);
        }),
      );
    });
  }

  it('shows a chain that somebody wrote without the key', () => {
    const forged = [auditEvent(), auditEvent()].reduce(
      (ledger, event) => append(ledger, event, otherHash),
      emptyLedger,
    );
    expect(verify(forged.pending, forged, hash).intact).to.equal(false);
  });

  it('tells apart what would look alike when run together', () => {
    const [one, other] = [auditEvent({ who: 'a', what: 'bc' }), auditEvent({ who: 'ab', what: 'c' })];
    expect(logOf([one]).head).to.not.equal(logOf([other]).head);
    expect(logOf([auditEvent({ detail: { worry: 1 } })]).head).to.not.equal(
      logOf([auditEvent({ detail: { worry: '1' } })]).head,
    );
  });

  it('is the same whatever order its details are written in, for stores may reorder them', () => {
    const [one, other] = [auditEvent({ detail: { a: 1, b: 2 } }), auditEvent({ detail: { b: 2, a: 1 } })];
    expect(logOf([one]).head).to.equal(logOf([other]).head);
  });
});

describe('pages of the log', () => {
  it('take the oldest entries once there are more than a page of them, always the same ones', () => {
    fc.assert(
      fc.property(fc.nat(3 * pageSize), (count) => {
        let ledger = logOf(Array.from({ length: count }, (_, index) => auditEvent({ at: String(index) })));
        const moved: AuditEntry[] = [];
        for (let page = fullPage(ledger); page; page = fullPage(ledger)) {
          expect(page).to.have.length(pageSize);
          expect(fullPage(ledger)).to.deep.equal(page);
          moved.push(...page);
          ledger = withoutPage(ledger, page);
        }
        expect(ledger.pending.length).to.be.at.most(pageSize);
        expect(verify([...moved, ...ledger.pending], ledger, hash).intact).to.equal(true);
      }),
    );
  });

  it('are taken out once, however often it is tried, and leave what was written meanwhile', () => {
    const ledger = logOf(Array.from({ length: pageSize + 1 }, () => auditEvent()));
    const page = fullPage(ledger) ?? [];
    const meanwhile = append(ledger, auditEvent({ what: 'referral.details' }), hash);
    const once = withoutPage(meanwhile, page);
    expect(once.pending.map(({ seq }) => seq)).to.deep.equal([pageSize + 1, pageSize + 2]);
    expect(withoutPage(once, page)).to.equal(once);
    expect(append(once, auditEvent(), hash).seq).to.equal(pageSize + 3);
  });
});
