import type { Message, MessageRole } from '../messages/message.js';

/** Where files of chats come from. */
export const IMPORT_SOURCES = ['redoubt', 'chatgpt', 'open_webui'] as const;
export type ImportSource = (typeof IMPORT_SOURCES)[number];

/** Why a conversation of a file cannot be imported. */
export const REFUSALS = [
  'not_a_chat',
  'newer_version',
  'required',
  'type',
  'timestamp',
  'unknown_role',
  'duplicate_id',
  'circle',
  'too_many_messages',
  'too_large',
  'too_deep',
  'not_searchable',
] as const;
export type RefusalReason = (typeof REFUSALS)[number];

/** Largest conversation, in bytes of its JSON: as much as one request to a model may have. */
export const MOST_CHAT_BYTES = 20 * 2 ** 20;
/** Deepest objects and lists within a message. */
export const DEEPEST = 32;

/** One conversation of a file cannot be imported, and why; nothing of it is. */
export class ImportRefusal extends Error {
  /** @param path from the conversation, as in `messages[3].content`; empty for all of it */
  constructor(
    readonly reason: RefusalReason,
    readonly path: string,
    message: string,
  ) {
    super(message);
  }
}

/** Something of a conversation that has no place here, such as an image. */
export interface LeftOut {
  readonly path: string;
  /** What it is, in the words of its file where it has any: lower-case letters, digits and `_`. */
  readonly kind: string;
}

/** A message as its file has it: ids are the file's. */
export interface ImportedMessage
  extends Pick<Message, 'content' | 'toolCalls' | 'toolCallId' | 'model' | 'citations'> {
  readonly id: string;
  readonly parentId: string | null;
  readonly role: MessageRole;
  readonly isComplete: boolean;
  readonly createdAt: Date;
}

/** A conversation of a file, ready to be stored: a tree whose parents come before their children. */
export interface ImportedChat {
  readonly source: ImportSource;
  /** The file's own name of it; empty where it has none. */
  readonly sourceId: string;
  readonly title: string | undefined;
  /** The model that is to answer, if this server has it. */
  readonly model: string | undefined;
  readonly currentId: string | null;
  readonly isArchived: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly messages: readonly ImportedMessage[];
  readonly leftOut: readonly LeftOut[];
}
