import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { listAt, objectAt, optionalTextAt, timeAt } from '../file-values.js';
import { type ImportedChat, ImportRefusal } from '../imported-chat.js';
import { LeftOutList } from '../left-out-list.js';
import { type FileNode, treeOf } from '../message-tree.js';

const ROLES = ['system', 'user', 'assistant'] as const;

export const isOpenWebUi = ({ chat, history }: JsonObject): boolean =>
  isObject(history) || (isObject(chat) && (isObject(chat.history) || Array.isArray(chat.messages)));

/**
 * A chat of Open WebUI's export, with all its branches. Files, sources, and what sorts chats there, such as tags, have no place
 * here: they are left out and noted.
 * @throws ImportRefusal
 */
export function readOpenWebUi(source: JsonObject): ImportedChat {
  const [chat, at] = isObject(source.chat) ? [source.chat, 'chat.'] : [source, ''];
  const leftOut = new LeftOutList();
  const history = isObject(chat.history) ? chat.history : {};
  const nodes = isObject(history.messages)
    ? Object.entries(history.messages).map(([id, message]) => {
        const path = `${at}history.messages.${id}`;
        const { parentId } = objectAt(message, path);
        return nodeOf(id, optionalTextAt(parentId, `${path}.parentId`) ?? null, message, path, leftOut);
      })
    : chainOf(listAt(chat.messages, `${at}messages`), `${at}messages`, leftOut);
  noteSorting(source, chat, leftOut);
  const created = timeAt(source.created_at, 'created_at') ?? timeAt(chat.timestamp, `${at}timestamp`);
  const first = nodes.find(({ createdAt }) => createdAt)?.createdAt;
  const createdAt = created ?? first ?? new Date();
  const updatedAt = timeAt(source.updated_at, 'updated_at') ?? createdAt;
  const currentId = optionalTextAt(history.currentId, `${at}history.currentId`) ?? null;
  const tree = treeOf(nodes, leftOut, { currentId, beginning: createdAt, isByTime: true });
  return {
    source: 'open_webui',
    sourceId: textOf(source.id) || textOf(chat.id),
    title: optionalTextAt(chat.title, `${at}title`) ?? optionalTextAt(source.title, 'title'),
    model: undefined,
    isArchived: source.archived === true,
    createdAt,
    updatedAt: updatedAt > createdAt ? updatedAt : createdAt,
    ...tree,
    leftOut: leftOut.entries,
  };
}

/** Old exports have a list in which each message follows the one before. */
function chainOf(messages: readonly JsonValue[], at: string, leftOut: LeftOutList): FileNode[] {
  let parentId: string | null = null;
  return messages.map((message, index) => {
    const path = `${at}[${index}]`;
    const { id: given } = objectAt(message, path);
    const id = optionalTextAt(given, `${path}.id`) ?? String(index);
    const node = nodeOf(id, parentId, message, path, leftOut);
    parentId = id;
    return node;
  });
}

function nodeOf(
  id: string,
  parentId: string | null,
  value: JsonValue,
  path: string,
  leftOut: LeftOutList,
): FileNode {
  const message = objectAt(value, path);
  const role = ROLES.find((known) => known === message.role);
  if (!role) throw new ImportRefusal('unknown_role', `${path}.role`, `It is none of ${ROLES.join(', ')}.`);
  const texts = [...saidIn(message.content, `${path}.content`, leftOut), ...filesOf(message, path, leftOut)];
  for (const name of ['sources', 'citations', 'tool_calls'])
    if (Array.isArray(message[name]) && message[name].length > 0) leftOut.add(`${path}.${name}`, name);
  const hasFailed = message.error !== undefined && message.error !== null && message.error !== false;
  if (hasFailed) leftOut.add(`${path}.error`, 'error');
  const model = textOf(message.model);
  return {
    id,
    parentId,
    path,
    createdAt: timeAt(message.timestamp, `${path}.timestamp`),
    message: {
      role,
      content: texts.join('\n'),
      ...(role === 'assistant' && model !== '' && { model }),
      isComplete: !hasFailed && message.done !== false,
    },
  };
}

/** A text, or OpenAI's content parts, with marks in place of those that are no text. */
function saidIn(content: JsonValue | undefined, path: string, leftOut: LeftOutList): string[] {
  if (!Array.isArray(content)) {
    const text = optionalTextAt(content, path) ?? '';
    return text === '' ? [] : [text];
  }
  return content.map((part, at) => {
    if (typeof part === 'string') return part;
    const given = objectAt(part, `${path}[${at}]`);
    return typeof given.text === 'string' ? given.text : leftOut.marked(`${path}[${at}]`, given.type);
  });
}

function filesOf({ files }: JsonObject, path: string, leftOut: LeftOutList): string[] {
  if (!Array.isArray(files)) return [];
  return files.map((file, at) =>
    leftOut.marked(`${path}.files[${at}]`, (isObject(file) && file.type) || 'file'),
  );
}

function noteSorting(source: JsonObject, chat: JsonObject, leftOut: LeftOutList): void {
  const { tags = chat.tags } = isObject(source.meta) ? source.meta : {};
  if (Array.isArray(tags) && tags.length > 0) leftOut.add('tags', 'tags');
  if (typeof source.folder_id === 'string') leftOut.add('folder_id', 'folder');
  if (source.pinned === true) leftOut.add('pinned', 'pinned');
  if (Array.isArray(chat.files) && chat.files.length > 0) leftOut.add('files', 'files');
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
