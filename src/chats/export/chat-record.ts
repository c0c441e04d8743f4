import type { Chat } from '../chat.js';
import type { Message } from '../messages/message.js';
import type { ReadableMessages } from '../opened-chats.service.js';

/** Changes with every change of what a record has that a reader could fall over. */
export const RECORD_VERSION = 1;
/** What a record, and a list of them, call themselves. */
export const RECORD_FORMAT = 'redoubt.chat';
export const LIST_FORMAT = 'redoubt.chats';

/**
 * The text of a record of one chat, piece by piece: an object of JSON on one line with `format`, `version`, `chat` and
 * `messages`, the whole tree in the order in which they came, and `unreadable`: how many are missing because they do not open, a
 * title that does not among them. Names are those of the API.
 */
export async function* recordPieces(
  chat: Chat,
  pages: AsyncIterable<ReadableMessages>,
): AsyncGenerator<string> {
  const head = JSON.stringify({ format: RECORD_FORMAT, version: RECORD_VERSION, chat: chatOf(chat) });
  yield `${head.slice(0, -1)},"messages":[`;
  let joint = '';
  let unreadable = chat.isUnreadable ? 1 : 0;
  for await (const page of pages) {
    unreadable += page.unreadable;
    for (const message of page.messages) {
      yield joint + JSON.stringify(messageOf(message));
      joint = ',';
    }
  }
  yield `],"unreadable":${unreadable}}`;
}

/** An object of JSON around a list of records. */
export async function* listPieces(records: AsyncIterable<AsyncIterable<string>>): AsyncGenerator<string> {
  yield `{"format":"${LIST_FORMAT}","version":${RECORD_VERSION},"chats":[`;
  let joint = '\n';
  for await (const pieces of records) {
    yield joint;
    yield* pieces;
    joint = ',\n';
  }
  yield '\n]}\n';
}

/** Records one a line. */
export async function* linePieces(records: AsyncIterable<AsyncIterable<string>>): AsyncGenerator<string> {
  for await (const pieces of records) {
    yield* pieces;
    yield '\n';
  }
}

const chatOf = (chat: Chat) => ({
  id: chat.id,
  title: chat.title,
  model: chat.model,
  project_id: chat.projectId,
  archived: chat.archivedAt !== null,
  current_message_id: chat.currentMessageId,
  created_at: chat.createdAt.toISOString(),
  updated_at: chat.updatedAt.toISOString(),
});

const messageOf = (message: Message) => ({
  id: message.id,
  parent_id: message.parentId,
  role: message.role,
  content: message.content,
  ...(message.toolCalls && { tool_calls: message.toolCalls }),
  ...(message.toolCallId !== undefined && { tool_call_id: message.toolCallId }),
  ...(message.citations && { citations: message.citations }),
  model: message.model ?? null,
  complete: message.isComplete,
  receipt_id: message.receiptId,
  created_at: message.createdAt.toISOString(),
});
