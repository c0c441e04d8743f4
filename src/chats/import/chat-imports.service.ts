import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { invalidField } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ChatBeginnings } from '../messages/chat-beginnings.service.js';
import type { FileItem } from './file-items.js';
import { type ImportOutcome, ImportPlanner, type NewImport, refusedBy } from './import-plan.service.js';
import { ImportWriter, type PreparedImport } from './import-writer.service.js';
import { ImportRefusal, type ImportSource } from './imported-chat.js';

/** Most conversations of one file. */
export const MOST_CHATS = 10_000;
/** What one transaction stores at most: so many chats, and so many bytes of them unless one alone has more. */
const GROUP_CHATS = 100;
const GROUP_BYTES = 4 * 2 ** 20;

export interface ImportRequest {
  /** The file from its beginning, each time it is asked for. */
  readonly items: () => AsyncIterable<FileItem>;
  readonly format: ImportSource | undefined;
  readonly projectId: string | undefined;
  readonly isRehearsal: boolean;
}

/**
 * Brings chats in from files. A file is gone through twice: first all of it, so that one that breaks off changes nothing; then
 * conversation by conversation, each of which is stored whole or not at all, some in one transaction. One that is there already
 * is left as it is, so whatever ends an import half-way, sending the file again does the rest.
 */
@Injectable()
export class ChatImports {
  constructor(
    private readonly planner: ImportPlanner,
    private readonly writer: ImportWriter,
    private readonly beginnings: ChatBeginnings,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * What became of each conversation, or would.
   * @throws AppError INVALID_JSON, VALIDATION_ERROR for too many; NOT_FOUND, PROJECT_ARCHIVED; the signal's reason
   */
  async import(
    caller: Caller,
    { items, format, projectId, isRehearsal }: ImportRequest,
  ): Promise<ImportOutcome[]> {
    await this.beginnings.assertPlace(caller, projectId);
    const outcomes: ImportOutcome[] = [];
    for await (const { outcome } of this.planner.plan(caller, items(), format)) {
      if (outcome.index >= MOST_CHATS) throw tooMany();
      outcomes.push(outcome);
    }
    if (isRehearsal || outcomes.every(({ status }) => status !== 'imported')) return outcomes;
    let group: PreparedImport[] = [];
    for await (const planned of this.planner.plan(caller, items(), format)) {
      outcomes[planned.outcome.index] = planned.outcome;
      if (!planned.import) continue;
      const prepared = await this.prepared(caller, planned.import, projectId);
      if (prepared instanceof ImportRefusal) {
        const { outcome } = planned;
        outcomes[outcome.index] = { ...outcome, ...refusedBy(outcome.index, prepared), title: outcome.title };
        continue;
      }
      if (isFull([...group, prepared])) {
        await this.store(caller, group, outcomes);
        group = [];
      }
      group.push(prepared);
    }
    await this.store(caller, group, outcomes);
    return outcomes;
  }

  private async prepared(
    caller: Caller,
    fresh: NewImport,
    projectId: string | undefined,
  ): Promise<PreparedImport | ImportRefusal> {
    const place = await this.beginnings.place(caller, projectId);
    try {
      return await this.writer.prepare(caller, place, fresh);
    } catch (error) {
      if (error instanceof ImportRefusal) return error;
      throw error;
    }
  }

  private async store(
    caller: Caller,
    group: readonly PreparedImport[],
    outcomes: ImportOutcome[],
  ): Promise<void> {
    if (group.length === 0) return;
    const stored = await this.writer.store(caller, group, this.unitOfWork);
    for (const { index } of group) {
      const outcome = outcomes[index];
      const id = stored.get(index);
      if (outcome) outcomes[index] = id ? { ...outcome, id } : { ...outcome, status: 'skipped' };
    }
  }
}

const isFull = (group: readonly PreparedImport[]): boolean =>
  group.length > 1 &&
  (group.length > GROUP_CHATS || group.reduce((sum, { bytes }) => sum + bytes, 0) > GROUP_BYTES);

const tooMany = () =>
  invalidField('file', 'maxItems', `A file has at most ${MOST_CHATS} conversations. Import it in parts.`);
