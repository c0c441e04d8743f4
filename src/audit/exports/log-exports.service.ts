import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import { auditOf } from '../../platform/audit/audit-entry.js';
import type { Caller } from '../../platform/http/request-context.js';
import { nodesOf } from '../log/compact-range.js';
import * as Exports from '../log/export-lines.js';
import { verifierKey } from '../log/signed-note.js';
import { chosenLog, type LogChoice } from '../proofs/chosen-log.policy.js';
import { type EntryTimes, type LeafEntry, LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { hashTexts } from '../proofs/log-proofs.service.js';
import { LogReader, type ReadLog } from '../proofs/log-reader.service.js';
import { ArchivedEntries } from '../segments/archived-entries.service.js';
import type { ArchivedSegment } from '../segments/segment.js';
import { LogSigner } from '../trees/log-signer.service.js';
import { csvHead, csvRow } from './log-export-rows.js';

export const LOG_FORMATS = ['jsonl', 'csv'] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Entries of one statement, and of one piece of the answer. */
const PAGE = 1_000;

/** Leaves `first` to `end` (exclusive) of a log. */
interface Part {
  readonly log: ReadLog;
  readonly isInstance: boolean;
  readonly first: number;
  readonly end: number;
  readonly times: EntryTimes;
}

type Pages = AsyncIterable<readonly LeafEntry[]> | Iterable<readonly LeafEntry[]>;

/** Logs as files, read as they are sent, one page in memory at a time. */
@Injectable()
export class LogExports {
  constructor(
    private readonly reader: LogReader,
    private readonly leaves: LogLeavesRepository,
    private readonly archived: ArchivedEntries,
    private readonly signer: LogSigner,
    private readonly audit: AuditWriter,
    private readonly dataSource: DataSource,
  ) {}

  /** The text of a file; that it leaves is on record by then. @throws AppError NOT_FOUND, PERMISSION_DENIED */
  async export(
    caller: Caller,
    choice: LogChoice,
    times: EntryTimes,
    format: LogFormat,
  ): Promise<AsyncIterable<string>> {
    const organizationId = chosenLog(caller.principal, choice);
    const log = await this.reader.read(organizationId);
    const part = await this.partOf(log, organizationId, times);
    await this.record(caller, part, { type: 'audit_log', id: choice.log }, format);
    const pages = this.pages(part, caller);
    return format === 'csv' ? this.csv(part, pages) : this.jsonLines(part, pages);
  }

  /**
   * The part of the log that a segment is, as JSON Lines. All of it is read, and held against the log, before anything of it leaves.
   * @throws AppError AUDIT_LOG_QUARANTINED, AUDIT_SEGMENT_UNREADABLE, STORAGE_UNAVAILABLE
   */
  async exportSegment(caller: Caller, segment: ArchivedSegment): Promise<AsyncIterable<string>> {
    const log = await this.reader.read(segment.organizationId);
    const entries = await this.archived.read(segment);
    const { id, firstLeaf: first, leaves } = segment;
    const part = { log, isInstance: false, first, end: first + leaves, times: {} };
    await this.record(caller, part, { type: 'audit_segment', id }, 'jsonl');
    return this.jsonLines(part, inPages(entries));
  }

  private async partOf(log: ReadLog, organizationId: string | null, times: EntryTimes): Promise<Part> {
    const { tree, size } = log;
    const whole = { log, times, isInstance: organizationId === null, first: 0, end: size };
    if (tree === null || (!times.from && !times.to)) return whole;
    const span = await this.leaves.span({ tree, organizationId, size }, times, this.dataSource.manager);
    return span ? { ...whole, first: span.first, end: span.last + 1 } : { ...whole, end: 0 };
  }

  private async record(
    caller: Caller,
    { first, end }: Part,
    target: { readonly type: string; readonly id: string },
    format: LogFormat,
  ): Promise<void> {
    const about = auditOf(caller);
    await this.audit.appendAlone({
      ...about,
      projectId: undefined,
      action: 'audit_log.exported',
      target,
      counts: { entries: end - first },
      details: { ...about.details, format },
    });
  }

  private async *csv(part: Part, pages: Pages): AsyncGenerator<string> {
    yield csvHead(part.isInstance);
    for await (const page of pages) yield page.map((leaf) => csvRow(part.isInstance, leaf)).join('');
  }

  private async *jsonLines(part: Part, pages: Pages): AsyncGenerator<string> {
    const { log, first, end, times } = part;
    const writer = new Exports.ExportWriter(log.verifier);
    yield writer.head({
      ...{ origin: log.verifier.name, verifier_key: verifierKey(log.verifier), size: log.size },
      ...{ first_leaf: first, leaves: end - first, exported_at: new Date().toISOString() },
      ...{ from: times.from?.toISOString() ?? null, to: times.to?.toISOString() ?? null },
      before: hashTexts(await log.nodes(nodesOf(0, first))),
    });
    for await (const page of pages) yield linesOf(page, writer);
    const after = hashTexts(await log.nodes(nodesOf(end, log.size)));
    const last = { after, checkpoint: await log.checkpoint() };
    yield await writer.end(last, (bytes) => this.signer.sign(bytes, this.dataSource.manager));
  }

  private async *pages(
    { log, isInstance, first, end }: Part,
    caller: Caller,
  ): AsyncGenerator<readonly LeafEntry[]> {
    if (log.tree === null) return;
    const fill = this.archived.fillerOf(log.tree);
    for (let at = first; at < end; at += PAGE) {
      caller.signal().throwIfAborted();
      const until = Math.min(at + PAGE, end);
      const page = await this.leaves.page(log.tree, isInstance, at, until, this.dataSource.manager);
      yield isInstance ? page : await fill(page);
    }
  }
}

function* inPages(entries: readonly LeafEntry[]): Generator<readonly LeafEntry[]> {
  for (let at = 0; at < entries.length; at += PAGE) yield entries.slice(at, at + PAGE);
}

/** Entries, and for each run of those that were taken out the hashes that are left of them. */
function linesOf(page: readonly LeafEntry[], writer: Exports.ExportWriter): string {
  const lines: string[] = [];
  let taken: LeafEntry[] = [];
  const endTaken = (): void => {
    const [first] = taken;
    if (first)
      lines.push(
        writer.segment(
          first.leaf,
          taken.map(({ hash }) => hash),
        ),
      );
    taken = [];
  };
  for (const each of page) {
    if (each.entry === null && (taken.at(-1)?.leaf ?? each.leaf - 1) === each.leaf - 1) taken.push(each);
    else {
      endTaken();
      if (each.entry === null) taken.push(each);
      else lines.push(writer.entry(each.leaf, each.hash, each.entry));
    }
  }
  endTaken();
  return lines.join('');
}
