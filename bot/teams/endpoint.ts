import type { TenantId } from '../../src/shared/ids.ts';
import { languageOf } from '../../src/shared/language.ts';
import { textsFor } from '../../src/shared/text.ts';
import { correlation } from '../correlation.ts';
import { readActivity, type TeamsActivity, tenantOf } from './activity.ts';
import { type InvokeAnswer, repeatedAnswer } from './invoke.ts';
import { onceEach, type Verify } from './remembered.ts';
import type { Turn } from './turn.ts';

/** `POST /api/messages`: reads the activity, verifies who calls, and runs the turn. */
export function createMessagesEndpoint(parts: {
  verify: Verify;
  /** Tenants whose activities are handled; empty for any that the bot's registration lets in. */
  allowedTenants: readonly TenantId[];
  turn: Turn;
  /** Local mode verifies nobody, and so follows service URLs of this machine only. */
  localOnly: boolean;
  /** Somebody sent what is no activity; the fields that were wrong, by path. */
  onUnreadable: (paths: readonly string[]) => void;
  /** Nobody could tell who calls, such as when the issuer's keys are out of reach. */
  onUnverifiable: (error: unknown) => void;
}): (authorization: string, body: string) => Promise<{ status: number; body?: object | undefined }> {
  const { verify, allowedTenants, turn, localOnly, onUnreadable, onUnverifiable } = parts;
  const once = onceEach<InvokeAnswer>();
  return async (authorization, body) => {
    const read = readActivity(body);
    if (!read.ok) onUnreadable(read.paths);
    if (!read.ok || (localOnly && !isLoopback(read.activity.serviceUrl))) return { status: 400 };
    const { activity } = read;
    try {
      if (!localOnly) await verify(authorization, activity);
    } catch (error) {
      const status = refusalOf(error);
      if (status === null) onUnverifiable(error);
      return { status: status ?? 503 };
    }
    const tenant = tenantOf(activity);
    if (allowedTenants.length > 0 && !allowedTenants.some((allowed) => allowed === tenant)) return { status: 403 };
    const handle = async (): Promise<InvokeAnswer> => (await turn(activity, correlation())) ?? { status: 200 };
    const answer = await (activity.id ? once(nameOf(activity, activity.id), handle) : handle());
    return answer ?? repeatedAnswer(textsFor(languageOf(activity.locale) ?? 'sv'), activity);
  };
}

/** Ids are unique within a conversation; nobody gets what was answered to another. */
function nameOf({ type, conversation, from }: TeamsActivity, id: string): string {
  return `${conversation.id}\n${from.id}\n${from.aadObjectId}\n${type}\n${id}`;
}

/** What jsonwebtoken throws through botbuilder for a token that is none, is forged or is not valid now. */
const tokenErrors = new Set(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']);

/**
 * 401 or 403 for a caller who is not Teams; null for a fault, such as a key server out of reach. The errors' classes are
 * not exported to be recognised by.
 */
function refusalOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  if (tokenErrors.has(error.name)) return 401;
  return 'statusCode' in error && (error.statusCode === 401 || error.statusCode === 403) ? error.statusCode : null;
}

function isLoopback(serviceUrl: string): boolean {
  const url = URL.parse(serviceUrl);
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  return web && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
