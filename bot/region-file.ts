import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseRegionFile, type RegionFile } from '../src/directory/input.ts';
import { referralSettings } from '../src/referrals/settings.ts';

/** Each feature has its section of the region file; what it may hold is the feature's own. */
const sections = z.object({ referrals: referralSettings });

/** Errors: one Error that lists every problem of the file with its line. */
export function readRegionFile(path: string): RegionFile<z.infer<typeof sections>> {
  return parseRegionFile(readFileSync(path, 'utf8'), path, sections);
}
