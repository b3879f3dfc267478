import type { Format } from '../documents/model.ts';
import { type Clock, toStored } from '../shared/clock.ts';
import { isAppError } from '../shared/errors.ts';
import type { PersonId, TenantId } from '../shared/ids.ts';
import type { Language } from '../shared/language.ts';
import type { Envelope } from '../shared/sealed.ts';
import type { Sealer } from '../storage/envelope.ts';
import type { ListRef } from './stored.ts';

/** For one person to get one list as a file: it stands sealed in a link, and nowhere else. */
export interface FilePass {
  tenant: TenantId;
  person: PersonId;
  language: Language;
  list: ListRef;
  format: Format;
}

export interface FilePasses {
  /** For an address: letters, digits and `.-_`. It tells nothing, and is good for {@link passMinutes}. */
  issue(pass: FilePass): string;
  /** What may be done with it has still to be asked of the directory. */
  open(token: string): Opened;
}

type Opened = { ok: true; pass: FilePass } | { ok: false; why: 'unknown' | 'expired' };

export const passMinutes = 15;

/** No pass opens as anything else that we have sealed, nor the other way round. */
const context = 'file-pass';

export function createFilePasses(sealer: Sealer, clock: Pick<Clock, 'now'>): FilePasses {
  return {
    issue(pass) {
      const until = toStored(clock.now().add({ minutes: passMinutes }));
      const { kid, iv, tag, ct } = sealer.seal({ ...pass, until }, context);
      return [kid, iv, tag, ct].join('.');
    },
    open(token) {
      const [kid = '', iv = '', tag = '', ct = '', ...more] = token.split('.');
      if (more.length > 0) return { ok: false, why: 'unknown' };
      const opened = openedOf(sealer, { v: 1, kid, iv, tag, ct });
      if (!opened) return { ok: false, why: 'unknown' };
      const { until, ...pass } = opened;
      return until > toStored(clock.now()) ? { ok: true, pass } : { ok: false, why: 'expired' };
    },
  };
}

/** Null for what we have not sealed. */
function openedOf(sealer: Sealer, envelope: Envelope): (FilePass & { until: string }) | null {
  try {
    return sealer.open(envelope, context);
  } catch (error) {
    if (isAppError(error, 'sealed.unreadable')) return null;
    throw error;
  }
}
