const text = { type: 'TextBlock', text: 'echo', wrap: true } as const;

/** The answer of every echo server: the smallest card that is worth its name. */
export const echoAnswer = {
  statusCode: 200 as const,
  type: 'application/vnd.microsoft.card.adaptive' as const,
  value: { type: 'AdaptiveCard' as const, version: '1.5' as const, body: [text] },
};
