import { type Agent, request } from 'node:http';

export interface Answer {
  status: number;
  /** Parsed JSON; the text itself when it is none; null when empty. */
  body: unknown;
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Posts JSON. Rejects when the bot cannot be reached or does not answer within `timeout` milliseconds. */
export function postJson(
  agent: Agent,
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: unknown,
  timeout: number,
): Promise<Answer> {
  const payload = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(payload),
          'user-agent': 'Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)',
          ...headers,
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, body: parsed(text) });
        });
        response.on('error', reject);
      },
    );
    const timer = setTimeout(() => outgoing.destroy(new Error(`No answer within ${timeout} ms`)), timeout);
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    outgoing.end(payload);
  });
}
