import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { objectAt, optionalTextAt, textAt, timeAt } from '../file-values.js';
import { type ImportedChat, ImportRefusal } from '../imported-chat.js';
import { LeftOutList } from '../left-out-list.js';
import { type FileNode, treeOf } from '../message-tree.js';
import { type Aside, withCalls } from './chatgpt-calls.js';
import { saidIn } from './chatgpt-content.js';

/** Roles of ChatGPT's that are ours too; `critic` and others that it had do not speak. */
const ROLES = ['system', 'user', 'assistant', 'tool'] as const;

export const isChatGpt = ({ mapping }: JsonObject): boolean => isObject(mapping);

/**
 * A conversation of ChatGPT's `conversations.json`, with all its branches. Messages that ChatGPT hides, and what a model thought
 * before it answered, are left out and noted; so are images and files, which lie beside that file.
 * @throws ImportRefusal
 */
export function readChatGpt(conversation: JsonObject): ImportedChat {
  const mapping = Object.entries(objectAt(conversation.mapping, 'mapping'));
  const parents = parentsOf(mapping);
  const leftOut = new LeftOutList();
  const asides = new Map<string, Aside>();
  const nodes = mapping.map(([id, node]): FileNode => {
    const path = `mapping.${id}`;
    const { message: given } = objectAt(node, path);
    const parentId = parents.get(id) ?? null;
    if (given === undefined || given === null)
      return { id, parentId, path, createdAt: undefined, message: undefined };
    const said = objectAt(given, `${path}.message`);
    const createdAt = timeAt(said.create_time, `${path}.message.create_time`);
    return {
      id,
      parentId,
      path,
      createdAt,
      message: messageOf(id, said, `${path}.message`, leftOut, asides),
    };
  });
  const created = timeAt(conversation.create_time, 'create_time');
  const updated = timeAt(conversation.update_time, 'update_time');
  const beginning = created ?? earliest(nodes) ?? updated ?? new Date();
  const currentId = optionalTextAt(conversation.current_node, 'current_node') ?? null;
  const tree = treeOf(nodes, leftOut, { currentId, beginning, isByTime: true });
  return {
    source: 'chatgpt',
    sourceId: textOf(conversation.conversation_id) || textOf(conversation.id),
    title: optionalTextAt(conversation.title, 'title'),
    model: undefined,
    isArchived: conversation.is_archived === true,
    createdAt: beginning,
    updatedAt: updated && updated > beginning ? updated : beginning,
    messages: withCalls(tree.messages, asides),
    currentId: tree.currentId,
    leftOut: leftOut.entries,
  };
}

/** What each node follows: by its own word, or else by that of whom it follows. */
function parentsOf(mapping: readonly (readonly [string, JsonValue])[]): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [id, node] of mapping)
    if (isObject(node) && Array.isArray(node.children))
      for (const child of node.children) if (typeof child === 'string') parents.set(child, id);
  for (const [id, node] of mapping) {
    const parent = isObject(node) ? optionalTextAt(node.parent, `mapping.${id}.parent`) : undefined;
    if (parent !== undefined) parents.set(id, parent);
  }
  return parents;
}

function messageOf(
  id: string,
  said: JsonObject,
  path: string,
  leftOut: LeftOutList,
  asides: Map<string, Aside>,
): FileNode['message'] {
  const author = objectAt(said.author, `${path}.author`);
  const given = textAt(author.role, `${path}.author.role`);
  const role = ROLES.find((known) => known === given);
  if (!role)
    throw new ImportRefusal('unknown_role', `${path}.author.role`, `It is none of ${ROLES.join(', ')}.`);
  const metadata = isObject(said.metadata) ? said.metadata : {};
  const content = objectAt(said.content, `${path}.content`);
  if (metadata.is_visually_hidden_from_conversation === true || metadata.is_user_system_message === true) {
    if (saidIn(content, path, new LeftOutList()).text !== '') leftOut.add(path, 'hidden_message');
    return undefined;
  }
  const { text, raw } = saidIn(content, `${path}.content`, leftOut);
  if (text === '') return undefined;
  asides.set(id, { recipient: textOf(said.recipient) || 'all', raw });
  const model = textOf(metadata.model_slug);
  return {
    role,
    content: text,
    ...(role === 'assistant' && model !== '' && { model }),
    isComplete: !/in_progress|partial/.test(textOf(said.status)),
  };
}

function earliest(nodes: readonly FileNode[]): Date | undefined {
  const times = nodes.flatMap(({ createdAt }) => createdAt?.getTime() ?? []);
  return times.length === 0 ? undefined : new Date(times.reduce((a, b) => Math.min(a, b)));
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
