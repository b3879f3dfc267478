import { z } from 'zod';
import type { ReceivedFile } from '../handlers/feature.ts';
import type { TeamsActivity } from './activity.ts';

/** A file that was attached in the chat with the bot; what is written and what is pasted is attached as something else. */
const attachedFile = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  contentUrl: z.string().catch(''),
  content: z.object({ downloadUrl: z.string() }).catch({ downloadUrl: '' }),
});

/** The files that came with a message. What is no address stands as it came: whoever uses it says why it is none. */
export function filesIn({ attachments }: Pick<TeamsActivity, 'attachments'>): ReceivedFile[] {
  if (!Array.isArray(attachments)) return [];
  return attachments.flatMap((attachment) => {
    const { data } = attachedFile.safeParse(attachment);
    return data ? [{ address: data.content.downloadUrl, link: data.contentUrl }] : [];
  });
}
