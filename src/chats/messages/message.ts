import type { JsonObject, JsonValue } from '../../completions/index.js';

export const MESSAGE_ROLES = ['system', 'developer', 'user', 'assistant', 'tool'] as const;
export type MessageRole = (typeof MESSAGE_ROLES)[number];

/** A text, OpenAI's content parts, or nothing beside calls of tools. */
export type MessageContent = string | JsonValue[] | null;

/** What of a message lies sealed. */
export interface MessageBody {
  readonly content: MessageContent;
  /** OpenAI's. */
  readonly toolCalls?: readonly JsonValue[] | undefined;
  readonly toolCallId?: string | undefined;
  /** Which model wrote it. */
  readonly model?: string | undefined;
  /** What an answer quotes, as completions show it. */
  readonly citations?: readonly JsonObject[] | undefined;
}

/** A message's row without its body. */
export interface MessageHead {
  readonly id: string;
  readonly chatId: string;
  /** What it answers or continues; null for one that begins a conversation. */
  readonly parentId: string | null;
  /** From 1, in the order in which messages came to the chat. */
  readonly position: number;
  readonly role: MessageRole;
  /** False for an answer that broke off. */
  readonly isComplete: boolean;
  readonly receiptId: string | null;
  readonly createdAt: Date;
}

export interface MessageRow extends MessageHead {
  readonly bodySealed: Buffer;
}

export interface Message extends MessageHead, MessageBody {
  /** Its body was changed or moved in the database and does not open; it is empty then. */
  readonly isUnreadable?: true;
}

/** A message as the protocol of completions has it. */
export const asProtocol = ({
  role,
  content,
  toolCalls,
  toolCallId,
}: MessageBody & { readonly role: MessageRole }): JsonObject => ({
  role,
  content,
  ...(toolCalls && toolCalls.length > 0 && { tool_calls: [...toolCalls] }),
  ...(toolCallId !== undefined && { tool_call_id: toolCallId }),
});

/** The text of a content, its parts on lines of their own; what is no text is left out. */
export function textOf(content: MessageContent): string {
  if (content === null) return '';
  if (typeof content === 'string') return content;
  return content.flatMap((part) => textOfPart(part) ?? []).join('\n');
}

function textOfPart(part: JsonValue): string | undefined {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return undefined;
  const text = part.text ?? part.refusal;
  return typeof text === 'string' ? text : undefined;
}
