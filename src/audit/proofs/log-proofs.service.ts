import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invalidField, platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { auditError } from '../audit.errors.js';
import * as Entries from '../log/log-entry.js';
import * as Hashes from '../log/merkle-hash.js';
import * as Proofs from '../log/merkle-proofs.js';
import { ArchivedEntries } from '../segments/archived-entries.service.js';
import { chosenLog, type LogChoice } from './chosen-log.policy.js';
import { type LeafEntry, LogLeavesRepository } from './log-leaves.repository.js';
import { LogReader, type ReadLog } from './log-reader.service.js';

/** What somebody wants proven; sizes are numbers of leaves. */
export interface ProofQuestion extends LogChoice {
  /** Of an entry. */
  readonly id?: string | undefined;
  /** Of the checkpoint to which is proven; the newest when absent. */
  readonly size?: number | undefined;
  /** Of an earlier checkpoint, from which the log must have gone on. */
  readonly fromSize?: number | undefined;
}

/** An entry, and what proves that it is in the log. */
export interface EntryProof {
  readonly leaf: number;
  readonly hash: Buffer;
  /** The bytes that were hashed. */
  readonly text: string;
  readonly proof: readonly Buffer[];
}

export interface LogProof {
  readonly log: ReadLog;
  readonly size: number;
  readonly root: Buffer;
  readonly checkpoint: string;
  readonly entry: EntryProof | null;
  readonly consistency: { readonly fromSize: number; readonly proof: readonly Buffer[] } | null;
}

/** Checkpoints of logs, and proofs against them. */
@Injectable()
export class LogProofs {
  constructor(
    private readonly reader: LogReader,
    private readonly leaves: LogLeavesRepository,
    private readonly archived: ArchivedEntries,
    private readonly dataSource: DataSource,
  ) {}

  /** The log as it is. @throws AppError NOT_FOUND, PERMISSION_DENIED */
  newest({ principal }: Caller, choice: LogChoice): Promise<ReadLog> {
    return this.reader.read(chosenLog(principal, choice));
  }

  /** @throws AppError NOT_FOUND, PERMISSION_DENIED, VALIDATION_ERROR, AUDIT_ENTRY_PENDING, AUDIT_SEGMENT_UNREADABLE */
  async prove({ principal }: Caller, question: ProofQuestion): Promise<LogProof> {
    const organizationId = chosenLog(principal, question);
    const { id, fromSize } = question;
    if (id === undefined && fromSize === undefined)
      throw invalidField(
        'id',
        'required',
        "Name an entry by 'id', or an earlier checkpoint by 'from_size', or both.",
      );
    const log = await this.reader.read(organizationId);
    const size = question.size ?? log.size;
    assertWithin('size', size, log.size);
    assertWithin('from_size', fromSize ?? 0, size);
    return {
      ...{ log, size },
      root: await Proofs.rootAt(size, log.nodes),
      checkpoint: await log.checkpoint(size),
      entry: id === undefined ? null : await this.entryProof(id, organizationId, log, size),
      consistency:
        fromSize === undefined
          ? null
          : { fromSize, proof: await Proofs.consistencyProof(fromSize, size, log.nodes) },
    };
  }

  private async entryProof(
    id: string,
    organizationId: string | null,
    log: ReadLog,
    size: number,
  ): Promise<EntryProof> {
    // The log of the instance has no entries with ids.
    const found = organizationId === null ? undefined : await this.findEntry(id, organizationId, log);
    if (!found?.entry) throw platformError('NOT_FOUND');
    const { leaf, hash, entry } = found;
    if (leaf >= size)
      throw invalidField('size', 'minimum', `'size' must be above ${leaf}, the entry's place in the log.`);
    const proof = await Proofs.inclusionProof(leaf, size, log.nodes);
    return { leaf, hash, text: Entries.entryText(entry), proof };
  }

  /** @throws AppError AUDIT_ENTRY_PENDING, AUDIT_SEGMENT_UNREADABLE */
  private async findEntry(id: string, organizationId: string, log: ReadLog): Promise<LeafEntry | undefined> {
    const { tree, size } = log;
    const db = this.dataSource.manager;
    const leaf = await this.leaves.findLeaf(id, organizationId, tree, db);
    if (leaf === undefined) return tree === null ? undefined : this.archived.find(id, organizationId, tree);
    if (leaf === null || tree === null || leaf >= size) throw auditError('AUDIT_ENTRY_PENDING');
    const [found] = await this.leaves.page(tree, false, leaf, leaf + 1, db);
    return found;
  }
}

function assertWithin(field: string, size: number, most: number): void {
  if (size > most)
    throw invalidField(field, 'maximum', `'${field}' must be at most ${most}: so many leaves there are.`);
}

export const hashTexts = (hashes: readonly Buffer[]): string[] => hashes.map(Hashes.hashText);
