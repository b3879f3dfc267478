/** The answer of both echo servers: the smallest card that is worth its name. */
export const echoAnswer = {
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'echo', wrap: true }] },
};
