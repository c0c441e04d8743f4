import { isObject, type JsonObject, type JsonValue } from '../json.js';

/** A text of a conversation, by where it stands. */
export interface GivenText {
  /** Index in `messages`. */
  readonly message: number;
  /** Index in the message's `content`, where that is a list. */
  readonly part?: number;
  readonly role: string;
  readonly text: string;
}

function textsOf(content: JsonValue | undefined, message: number, role: string): GivenText[] {
  if (typeof content === 'string') return [{ message, role, text: content }];
  if (!Array.isArray(content)) return [];
  return content.flatMap((value, part) =>
    isObject(value) && typeof value.text === 'string' ? [{ message, part, role, text: value.text }] : [],
  );
}

/** The texts of all messages in order. */
export function givenTexts(body: JsonObject): GivenText[] {
  const messages = Array.isArray(body.messages) ? body.messages : [];
  return messages.flatMap((message, index) =>
    isObject(message) ? textsOf(message.content, index, String(message.role)) : [],
  );
}

/** Whose texts an answer may quote; what the assistant said itself is no ground for what it says next. */
const KNOWLEDGE_ROLES: readonly string[] = ['system', 'developer', 'tool', 'function', 'user'];

export interface Conversation {
  /** The last message of the user, which asks. */
  readonly last: readonly GivenText[];
  /** What was given before (and after) it, the assistant's own answers left out. */
  readonly before: readonly GivenText[];
  /** What the user said before, newest first. */
  readonly earlierUser: readonly GivenText[];
}

export function readConversation(texts: readonly GivenText[]): Conversation {
  const asking = texts.findLast(({ role }) => role === 'user')?.message;
  const before = texts.filter(({ message, role }) => message !== asking && KNOWLEDGE_ROLES.includes(role));
  return {
    last: texts.filter(({ message }) => message === asking),
    before,
    earlierUser: before.filter(({ role }) => role === 'user').toReversed(),
  };
}
