import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { parseRegionFile, type RegionFile } from '../src/directory/input.ts';
import { meetingSettings } from '../src/meetings/settings.ts';
import { referralSettings } from '../src/referrals/settings.ts';
import { agendaSettings } from '../src/steering/settings.ts';

/** Each feature has its section of the region file; what it may hold is the feature's own. */
const sections = z.object({ referrals: referralSettings, meetings: meetingSettings, agendas: agendaSettings });

export type Region = RegionFile<z.infer<typeof sections>>;

/** Errors: one Error that lists every problem of the file with its line. */
export function readRegionFile(path: string): Region {
  return parseRegionFile(textOf(path), path, sections);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`set the path of the region’s file; ${path} cannot be read`, { cause });
  }
}
