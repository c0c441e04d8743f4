import { MOST_MESSAGES } from '../chat.js';
import { type ImportedMessage, ImportRefusal } from './imported-chat.js';
import type { LeftOutList } from './left-out-list.js';

/** A place in the tree of a file: with a message, or with none, so that what follows it follows what is before it. */
export interface FileNode {
  readonly id: string;
  readonly parentId: string | null;
  readonly path: string;
  readonly createdAt: Date | undefined;
  readonly message: Omit<ImportedMessage, 'id' | 'parentId' | 'createdAt'> | undefined;
}

interface TreeOptions {
  readonly currentId: string | null;
  /** Of messages that have no time of their own, nor anything before them. */
  readonly beginning: Date;
  /** Whether the order of the file says nothing, so that times tell what came first. */
  readonly isByTime: boolean;
}

export interface MessageTree {
  readonly messages: readonly ImportedMessage[];
  /** The last message of the branch that is shown. */
  readonly currentId: string | null;
}

interface Placed {
  readonly node: FileNode;
  /** The nearest message from here up to the root. */
  readonly keptId: string | null;
  readonly createdAt: Date;
}

/**
 * The messages of a file, each after the one it follows, whatever the order in which they came. One whose parent is not in the
 * file begins a conversation of its own, and is noted.
 * @throws ImportRefusal for two of one id, for messages that follow themselves, for too many
 */
export function treeOf(
  nodes: readonly FileNode[],
  leftOut: LeftOutList,
  { currentId, beginning, isByTime }: TreeOptions,
): MessageTree {
  if (nodes.length > 2 * MOST_MESSAGES) throw tooMany();
  const placed = new Map<string, Placed>();
  const messages: ImportedMessage[] = [];
  for (const node of parentsFirst(nodes, leftOut)) {
    const before = node.parentId === null ? undefined : placed.get(node.parentId);
    const createdAt = node.createdAt ?? before?.createdAt ?? beginning;
    const parentId = before?.keptId ?? null;
    placed.set(node.id, { node, keptId: node.message ? node.id : parentId, createdAt });
    if (node.message) messages.push({ ...node.message, id: node.id, parentId, createdAt });
  }
  if (messages.length > MOST_MESSAGES) throw tooMany();
  const ordered = isByTime ? byTime(messages) : messages;
  const shown = currentId === null ? undefined : placed.get(currentId)?.keptId;
  return { messages: ordered, currentId: shown ?? ordered.at(-1)?.id ?? null };
}

const tooMany = (): ImportRefusal =>
  new ImportRefusal('too_many_messages', '', `It has more than ${MOST_MESSAGES} messages.`);

function* parentsFirst(nodes: readonly FileNode[], leftOut: LeftOutList): Generator<FileNode> {
  const ids = new Set(nodes.map(({ id }) => id));
  if (ids.size < nodes.length)
    throw new ImportRefusal('duplicate_id', '', 'Two of its messages have the same id.');
  const seen = new Set<string>();
  const waiting = new Map<string, FileNode[]>();
  for (const given of nodes) {
    const isLost = given.parentId !== null && !ids.has(given.parentId);
    if (isLost) leftOut.add(given.path, 'missing_parent');
    const node = isLost ? { ...given, parentId: null } : given;
    if (node.parentId !== null && !seen.has(node.parentId)) {
      const others = waiting.get(node.parentId);
      if (others) others.push(node);
      else waiting.set(node.parentId, [node]);
      continue;
    }
    const ready = [node];
    for (const next of ready) {
      seen.add(next.id);
      yield next;
      for (const follower of waiting.get(next.id) ?? []) ready.push(follower);
      waiting.delete(next.id);
    }
  }
  const [[stuck] = []] = waiting.values();
  if (stuck) throw new ImportRefusal('circle', stuck.path, 'It follows itself, through its parents.');
}

/** By time, but never before the message that is followed. */
function byTime(messages: readonly ImportedMessage[]): ImportedMessage[] {
  const latest = new Map<string, number>();
  for (const { id, parentId, createdAt } of messages) {
    const before = parentId === null ? 0 : (latest.get(parentId) ?? 0);
    latest.set(id, Math.max(before, createdAt.getTime()));
  }
  return messages.toSorted((a, b) => (latest.get(a.id) ?? 0) - (latest.get(b.id) ?? 0));
}
