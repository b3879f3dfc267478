import { expect } from 'chai';
import { isExpiring } from '../../../bot/data.ts';
import { bellKey, bellKind } from '../../../src/checklists/stored.ts';
import { tenantId } from '../../../src/shared/ids.ts';

describe('what is removed when its alarm rings', () => {
  const tenant = tenantId('a0000000-0000-4000-8000-000000000001');

  it('is what was handed in under a key, and a bell of one body, but neither a case nor the bell of the region', () => {
    expect(isExpiring({ kind: 'intake', id: 'any' })).to.equal(true);
    expect(isExpiring({ kind: bellKind, id: 'checklist-bell' })).to.equal(true);
    expect(isExpiring({ kind: bellKind, id: bellKey({ tenant }).id })).to.equal(false);
    expect(isExpiring({ kind: 'referral', id: 'checklist-bell' })).to.equal(false);
  });
});
