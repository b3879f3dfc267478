import { leadersOf } from '../../directory/model.ts';
import { fingerprintOf } from '../../shared/fingerprint.ts';
import { recordOf } from '../meeting/proceedings.ts';
import type { MinutesVersion, Sitting } from '../model.ts';
import { hasDocument } from '../standing.ts';
import { type Scene, told } from '../transition.ts';
import { versionsOf } from './minutes.ts';

/** Who coordinates the work in the whole country hears of plans and reports, once the minutes that say so hold [S3]. */

/** Of plans and reports that were approved, by item, a print of how: what a version of the minutes says. */
export function approvalsIn({ items, proceedings }: Sitting): MinutesVersion['approvals'] & object {
  return Object.fromEntries(
    items.filter(hasDocument).flatMap(({ id, document }) => {
      const { outcome } = recordOf(proceedings ?? { records: {} }, id);
      const isApproved = outcome?.as === 'asProposed' || outcome?.as === 'changed';
      return isApproved ? [[id, fingerprintOf([outcome.as, outcome.text, document?.sha256 ?? null])]] : [];
    }),
  );
}

/** With a word of what this version, which holds now, says otherwise than the one that held before it. */
export function withApprovalsTold(sitting: Sitting, version: MinutesVersion, { directory, now }: Scene): Sitting {
  const nation = directory.bodies.filter(({ kind }) => kind === 'development');
  const coordinators = nation.flatMap(({ id }) => leadersOf(directory, id));
  const earlier = versionsOf(sitting).filter(({ number, final }) => final !== null && number < version.number);
  const { approvals = {} } = version;
  // Of what was final before they were kept, they heard when the meeting was closed.
  const last = earlier.at(-1);
  const before = last ? (last.approvals ?? approvals) : {};
  const news = [...new Set([...Object.keys(before), ...Object.keys(approvals)])].filter(
    (item) => before[item] !== approvals[item],
  );
  return news.reduce((next, item) => {
    const kind = item in approvals ? 'approved' : 'approvalGone';
    return told(next, kind, coordinators, `${item}:${version.number}`, now);
  }, sitting);
}
