import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import { sha256 } from '../../platform/digest/sha256.js';
import type { ImportedChat } from './imported-chat.js';

/** What a conversation holds, as 32 bytes: the same whenever its file comes again, whatever the time. */
export async function contentDigestOf({ title, currentId, messages }: ImportedChat): Promise<Buffer> {
  const slice = new TimeSlice();
  const parts = [sha256(JSON.stringify([title ?? null, currentId]))];
  for (const { createdAt: _, ...message } of messages) {
    parts.push(sha256(JSON.stringify(message)));
    await slice.pause();
  }
  return sha256(Buffer.concat(parts));
}
