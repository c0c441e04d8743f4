import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ModelsService, ShieldKeyring } from '../../completions/index.js';
import { AppError } from '../../platform/errors/app-error.js';
import { isId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { LONGEST_TITLE } from '../chat.js';
import { reachOf } from '../chat-reach.policy.js';
import { ChatsRepository } from '../chats.repository.js';
import { readConversation } from './conversation.js';
import type { FileItem } from './file-items.js';
import { contentDigestOf } from './import-digest.js';
import {
  type ImportedChat,
  ImportRefusal,
  type ImportSource,
  type LeftOut,
  MOST_CHAT_BYTES,
  type RefusalReason,
} from './imported-chat.js';

/** What becomes of one conversation of a file. */
export interface ImportOutcome {
  readonly index: number;
  readonly status: 'imported' | 'skipped' | 'refused';
  /** The chat it became, or is already. */
  readonly id: string | null;
  readonly source: ImportSource | null;
  readonly sourceId: string | null;
  readonly title: string | null;
  readonly messages: number;
  readonly leftOut: readonly LeftOut[];
  readonly refusal: {
    readonly reason: RefusalReason;
    readonly path: string;
    readonly message: string;
  } | null;
}

/** A conversation that is new, and what it is known by. */
export interface NewImport {
  readonly index: number;
  readonly chat: ImportedChat;
  readonly digest: Buffer;
}

/** What is known of one conversation before anything is stored. */
export interface Planned {
  readonly outcome: ImportOutcome;
  readonly import: NewImport | undefined;
}

const NOTHING = { id: null, source: null, sourceId: null, title: null, messages: 0, leftOut: [] } as const;

/** Reads conversations of a file, and finds out which of them are there already. Stores nothing. */
@Injectable()
export class ImportPlanner {
  constructor(
    private readonly chats: ChatsRepository,
    private readonly keys: ShieldKeyring.ShieldKeys,
    private readonly models: ModelsService,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Every conversation in turn, as it is or as it cannot be imported.
   * @throws AppError INVALID_JSON where the file ends before it should
   */
  async *plan(
    caller: Caller,
    items: AsyncIterable<FileItem>,
    format: ImportSource | undefined,
  ): AsyncGenerator<Planned> {
    const seen = new Set<string>();
    const known = new Map<string, boolean>();
    for await (const item of items) {
      caller.signal().throwIfAborted();
      try {
        const chat = await this.settled(caller, read(item, format), known);
        yield await this.placed(caller, item.index, chat, seen);
      } catch (error) {
        if (!(error instanceof ImportRefusal)) throw error;
        yield { outcome: refusedBy(item.index, error), import: undefined };
      }
    }
  }

  private async placed(
    { principal }: Caller,
    index: number,
    chat: ImportedChat,
    seen: Set<string>,
  ): Promise<Planned> {
    const { source, sourceId, title = null, messages, leftOut } = chat;
    const content = await contentDigestOf(chat);
    const digest = await this.keys.importReferenceOf(principal, source, sourceId, content);
    const key = digest.toString('hex');
    const { manager } = this.dataSource;
    const there = await this.chats.findImported(principal, [digest], manager);
    const own =
      source === 'redoubt' && isId('chat', sourceId)
        ? await this.chats.findOwn(reachOf(principal), sourceId, manager)
        : undefined;
    const id = there.get(key) ?? own?.id ?? null;
    const isNew = id === null && !seen.has(key);
    seen.add(key);
    const status = isNew ? 'imported' : 'skipped';
    const about = { index, id, source, sourceId: sourceId || null, title, messages: messages.length };
    return {
      outcome: { ...about, status, leftOut, refusal: null },
      import: isNew ? { index, chat, digest } : undefined,
    };
  }

  /** A title that fits, and a model that there is. */
  private async settled(
    caller: Caller,
    chat: ImportedChat,
    known: Map<string, boolean>,
  ): Promise<ImportedChat> {
    const leftOut = [...chat.leftOut];
    let { title, model } = chat;
    if (title !== undefined && title.length > LONGEST_TITLE)
      leftOut.push({ path: 'title', kind: 'rest_of_title' });
    title = title?.slice(0, LONGEST_TITLE).toWellFormed().trim() || undefined;
    if (model !== undefined && !(await this.isThere(caller, model, known))) {
      leftOut.push({ path: 'chat.model', kind: 'model' });
      model = undefined;
    }
    return { ...chat, title, model, leftOut };
  }

  private async isThere(caller: Caller, model: string, known: Map<string, boolean>): Promise<boolean> {
    const before = known.get(model);
    if (before !== undefined) return before;
    const isThere = await this.models.get(caller.principal, model).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AppError && error.row.status === 404) return false;
        throw error;
      },
    );
    known.set(model, isThere);
    return isThere;
  }
}

function read({ value }: FileItem, format: ImportSource | undefined): ImportedChat {
  if (value !== undefined) return readConversation(value, format);
  throw new ImportRefusal('too_large', '', `It is larger than ${MOST_CHAT_BYTES / 2 ** 20} MiB.`);
}

export const refusedBy = (index: number, { reason, path, message }: ImportRefusal): ImportOutcome => ({
  ...{ ...NOTHING, index, status: 'refused' },
  refusal: { reason, path, message },
});
