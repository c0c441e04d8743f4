import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { RECORD_FORMAT, RECORD_VERSION } from '../../export/chat-record.js';
import { MESSAGE_ROLES, type MessageContent } from '../../messages/message.js';
import { listAt, objectAt, optionalTextAt, textAt, timeAt } from '../file-values.js';
import { DEEPEST, type ImportedChat, ImportRefusal } from '../imported-chat.js';
import { LeftOutList } from '../left-out-list.js';
import { type FileNode, treeOf } from '../message-tree.js';

export const isRedoubtRecord = ({ format }: JsonObject): boolean => format === RECORD_FORMAT;

/** A chat as an export of Redoubt has it. Receipts stay where their completions were. @throws ImportRefusal */
export function readRedoubtRecord(record: JsonObject): ImportedChat {
  const { version } = record;
  if (typeof version !== 'number' || version > RECORD_VERSION)
    throw new ImportRefusal('newer_version', 'version', `It must be at most ${RECORD_VERSION}.`);
  const chat = objectAt(record.chat, 'chat');
  const createdAt = timeAt(chat.created_at, 'chat.created_at') ?? new Date();
  const updatedAt = timeAt(chat.updated_at, 'chat.updated_at') ?? createdAt;
  const leftOut = new LeftOutList();
  const nodes = listAt(record.messages, 'messages').map((message, at) => nodeOf(message, `messages[${at}]`));
  if (typeof record.unreadable === 'number' && record.unreadable > 0) leftOut.add('messages', 'unreadable');
  const currentId = optionalTextAt(chat.current_message_id, 'chat.current_message_id') ?? null;
  const tree = treeOf(nodes, leftOut, { currentId, beginning: createdAt, isByTime: false });
  return {
    source: 'redoubt',
    sourceId: optionalTextAt(chat.id, 'chat.id') ?? '',
    title: optionalTextAt(chat.title, 'chat.title'),
    model: optionalTextAt(chat.model, 'chat.model'),
    isArchived: chat.archived === true,
    createdAt,
    updatedAt,
    ...tree,
    leftOut: leftOut.entries,
  };
}

function nodeOf(value: JsonValue, path: string): FileNode {
  const message = objectAt(value, path);
  const role = MESSAGE_ROLES.find((known) => known === message.role);
  if (!role)
    throw new ImportRefusal('unknown_role', `${path}.role`, `It is none of ${MESSAGE_ROLES.join(', ')}.`);
  const toolCalls =
    message.tool_calls === undefined ? undefined : callsAt(message.tool_calls, `${path}.tool_calls`);
  const citations =
    message.citations === undefined ? undefined : objectsAt(message.citations, `${path}.citations`);
  const toolCallId = optionalTextAt(message.tool_call_id, `${path}.tool_call_id`);
  const model = optionalTextAt(message.model, `${path}.model`);
  return {
    id: textAt(message.id, `${path}.id`),
    parentId: optionalTextAt(message.parent_id, `${path}.parent_id`) ?? null,
    path,
    createdAt: timeAt(message.created_at, `${path}.created_at`),
    message: {
      role,
      content: contentAt(message.content, `${path}.content`),
      ...(toolCalls && { toolCalls }),
      ...(toolCallId !== undefined && { toolCallId }),
      ...(model !== undefined && { model }),
      ...(citations && { citations }),
      isComplete: message.complete !== false,
    },
  };
}

/** A text, OpenAI's content parts, or null. */
function contentAt(value: JsonValue | undefined, path: string): MessageContent {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  const parts = objectsAt(value, path);
  for (const [at, part] of parts.entries()) {
    textAt(part.type, `${path}[${at}].type`);
    if (part.text !== undefined) textAt(part.text, `${path}[${at}].text`);
  }
  return parts;
}

function callsAt(value: JsonValue, path: string): JsonObject[] {
  const calls = objectsAt(value, path);
  for (const [at, call] of calls.entries()) {
    if (call.function === undefined) continue;
    const called = objectAt(call.function, `${path}[${at}].function`);
    optionalTextAt(called.name, `${path}[${at}].function.name`);
    optionalTextAt(called.arguments, `${path}[${at}].function.arguments`);
  }
  return calls;
}

function objectsAt(value: JsonValue, path: string): JsonObject[] {
  const items = listAt(value, path);
  assertShallow(items, path, DEEPEST);
  return items.map((item, at) => objectAt(item, `${path}[${at}]`));
}

function assertShallow(value: JsonValue, path: string, levels: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (levels === 0)
    throw new ImportRefusal(
      'too_deep',
      path,
      `Objects and lists are nested more than ${DEEPEST} levels deep.`,
    );
  const items = isObject(value) ? Object.values(value) : value;
  for (const item of items) assertShallow(item, path, levels - 1);
}
