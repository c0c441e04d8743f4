import type { ImportedMessage } from '../imported-chat.js';

/** What of a message of ChatGPT's says whether it calls a tool. */
export interface Aside {
  /** Whom it speaks to: `all`, or a tool. */
  readonly recipient: string;
  readonly raw: string;
}

/**
 * ChatGPT's calls of tools as OpenAI's protocol has them, so that the chat can go on with any model: a call that its tool alone
 * answers becomes one, with the answer beside it. Any other is what the assistant said, since no model takes a call without an answer, or
 * an answer without a call.
 */
export function withCalls(
  messages: readonly ImportedMessage[],
  asides: ReadonlyMap<string, Aside>,
): ImportedMessage[] {
  const followers = new Map<string, ImportedMessage[]>();
  for (const message of messages) {
    const { parentId } = message;
    if (parentId === null) continue;
    const others = followers.get(parentId);
    if (others) others.push(message);
    else followers.set(parentId, [message]);
  }
  const calls = new Set<string>();
  return messages.map((message): ImportedMessage => {
    const { id, role, parentId } = message;
    if (role === 'tool') {
      const isAnswer = parentId !== null && calls.has(parentId);
      return isAnswer ? { ...message, toolCallId: callIdOf(parentId) } : { ...message, role: 'assistant' };
    }
    const aside = asides.get(id);
    const answers = followers.get(id) ?? [];
    const isCall = role === 'assistant' && aside !== undefined && aside.recipient !== 'all';
    if (!isCall || answers.length === 0 || answers.some((answer) => answer.role !== 'tool')) return message;
    calls.add(id);
    const called = { name: nameOf(aside.recipient), arguments: argumentsOf(aside.raw) };
    return {
      ...message,
      content: null,
      toolCalls: [{ id: callIdOf(id), type: 'function', function: called }],
    };
  });
}

const callIdOf = (id: string): string => `call_${id.replaceAll(/[^\w-]/g, '').slice(0, 35)}`;

/** A function's name as the protocol allows it. */
const nameOf = (recipient: string): string => recipient.replaceAll(/[^\w-]/g, '_').slice(0, 64);

/** Arguments are an object of JSON; code is none. */
function argumentsOf(raw: string): string {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return raw;
  } catch {
    // Code, or a text.
  }
  return JSON.stringify({ input: raw });
}
