import type { Activity } from 'botbuilder';
import { activitySchema, type TeamsActivity } from './activity.ts';
import type { TeamsAdapter } from './adapter.ts';
import type { Turn } from './turn.ts';

/** `POST /api/messages`: reads the activity, verifies who calls, and runs the turn. */
export function createMessagesEndpoint(parts: {
  adapter: TeamsAdapter;
  turn: Turn;
  newId: () => string;
  /** Local mode follows service URLs of this machine only, for it verifies nobody. */
  localOnly: boolean;
}): (authorization: string, body: string) => Promise<{ status: number; body?: object | undefined }> {
  const { adapter, turn, newId, localOnly } = parts;
  return async (authorization, body) => {
    const activity = readActivity(body);
    if (!activity || (localOnly && !isLoopback(activity.serviceUrl))) return { status: 400 };
    try {
      await adapter.verify(authorization, activity as Pick<Activity, 'channelId' | 'serviceUrl'>);
    } catch (error) {
      if (isAuthenticationError(error)) return { status: error.statusCode };
      throw error;
    }
    const answer = await turn(activity, newId().slice(0, 8));
    return answer ?? { status: 200 };
  };
}

function readActivity(body: string): TeamsActivity | null {
  try {
    return activitySchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    // Not JSON: the caller gets 400.
    return null;
  }
}

/** botbuilder's AuthenticationError is not exported to be recognised by class. */
function isAuthenticationError(error: unknown): error is Error & { statusCode: number } {
  return error instanceof Error && 'statusCode' in error && (error.statusCode === 401 || error.statusCode === 403);
}

function isLoopback(serviceUrl: string): boolean {
  const hostname = URL.parse(serviceUrl)?.hostname;
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
