/** A link that opens a message in Teams. Source: Microsoft Learn, "Deep link to a Teams chat or message". */
export function messageLink(tenant: string, conversation: string, activityId: string): string {
  const url = new URL(
    `https://teams.microsoft.com/l/message/${encodeURIComponent(conversation)}/${encodeURIComponent(activityId)}`,
  );
  url.searchParams.set('tenantId', tenant);
  if (!conversation.includes('@thread.tacv2')) url.searchParams.set('context', '{"contextType":"chat"}');
  return url.href;
}
