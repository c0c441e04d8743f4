import { Inject, Injectable } from '@nestjs/common';
import { AuditWriter } from '../../platform/audit/audit.writer.js';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { AppError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { entryText } from '../log/log-entry.js';
import { leafHash } from '../log/merkle-hash.js';
import { LogLeavesRepository } from '../proofs/log-leaves.repository.js';
import { type Segment, TILE } from '../segments/segment.js';
import { collectorNames } from '../streams/collectors.js';
import { DueSegmentsRepository, type KeptLog } from './due-segments.repository.js';
import { EntriesChanged, SegmentArchiver } from './segment-archiver.service.js';

/**
 * From the announcement until entries go, in seconds. An export that began before the announcement had its place would not say why
 * they are not there; none takes so long.
 */
const NOTICE_SECONDS = 3_600;

/** While the store of objects does not answer, nothing more is sent to it in this run. */
const isOutage = (error: unknown): boolean => error instanceof AppError && error.code.startsWith('STORAGE_');

/**
 * Takes entries out of the database that their organization keeps no longer: the oldest first, whole tiles at a time, announced by an
 * entry of the same log before, and archived before where the organization wants it. Hashes stay, so what remains is proven as before.
 */
@Injectable()
export class AuditRetention extends PeriodicWork {
  readonly name = 'audit-logs.retain';
  readonly everyMs = 600_000;
  /** For tests, which have no hour. */
  noticeSeconds = NOTICE_SECONDS;

  constructor(
    private readonly segments: DueSegmentsRepository,
    private readonly archiver: SegmentArchiver,
    private readonly leaves: LogLeavesRepository,
    private readonly audit: AuditWriter,
    private readonly unitOfWork: UnitOfWork,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    super();
  }

  /**
   * @throws EntriesChanged for a log whose entries are not what their hashes were made of; what the archive met, STORAGE_UNAVAILABLE for
   *   one; both once all else is done
   */
  async run(signal: AbortSignal): Promise<void> {
    const failures = await this.takeDue(signal);
    for (const log of await this.read((tx) => this.segments.keptLogs(tx)))
      if (!(await this.announce(log, signal))) failures.push(new EntriesChanged());
    const failure = failures.find((error) => error instanceof EntriesChanged) ?? failures[0];
    if (failure) throw failure;
  }

  /** Takes out what can be. @returns why others stay */
  private async takeDue(signal: AbortSignal): Promise<unknown[]> {
    const failures: unknown[] = [];
    for (const segment of await this.read((tx) => this.segments.due(this.noticeSeconds, tx))) {
      signal.throwIfAborted();
      if (segment.action === 'archive' && failures.some(isOutage)) continue;
      if (!(await this.isSent(segment))) continue;
      await this.take(segment, signal).catch((error: unknown) => failures.push(error));
    }
    return failures;
  }

  private async take(segment: Segment, signal: AbortSignal): Promise<void> {
    if (segment.action === 'archive') return this.archiver.move(segment, signal);
    await this.unitOfWork.run((tx) => this.segments.take(segment, null, tx));
  }

  /** What collectors are to have, they have first. */
  private async isSent(segment: Segment): Promise<boolean> {
    for (const collector of collectorNames(this.settings))
      if (!(await this.read((tx) => this.segments.isSent(segment, collector, tx)))) return false;
    return true;
  }

  /** Announces all that is old enough. @returns false for entries that were changed, which must show and so stay */
  private async announce(log: KeptLog, signal: AbortSignal): Promise<boolean> {
    for (let { next } = log; !signal.aborted; ) {
      const tiles = await this.read((tx) => this.segments.oldTiles({ ...log, next }, tx));
      const [first, last] = [tiles[0], tiles.at(-1)];
      if (!first || !last) return true;
      const { organizationId, tree, action } = log;
      const place = { organizationId, tree, firstLeaf: next, leaves: tiles.length * TILE };
      const segment = { id: newId('seg'), ...place, action };
      if (!(await this.isAsHashed(segment))) return false;
      // Entries of a moment may be out of order by a little.
      const times = tiles.map(({ newestAt }) => newestAt.getTime());
      const oldest = tiles.map(({ oldestAt }) => oldestAt.getTime());
      const span = { oldestAt: new Date(Math.min(...oldest)), newestAt: new Date(Math.max(...times)) };
      await this.unitOfWork.run(async (tx) => {
        await this.segments.insert(segment, span, tx);
        await this.audit.append(entryOf(segment), tx);
      });
      next += segment.leaves;
    }
    return true;
  }

  private async isAsHashed({ tree, firstLeaf, leaves }: Segment): Promise<boolean> {
    const page = await this.read((tx) => this.leaves.page(tree, false, firstLeaf, firstLeaf + leaves, tx));
    return page.every(({ hash, entry }) => entry !== null && leafHash(entryText(entry)).equals(hash));
  }

  private read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.unitOfWork.run(work);
  }
}

const entryOf = ({ id, organizationId, firstLeaf, leaves, action }: Segment) => ({
  organizationId,
  actor: { type: 'system', id: 'retention' } as const,
  action: 'audit_log.retained',
  target: { type: 'audit_segment', id },
  requestId: 'retention',
  counts: { first_leaf: firstLeaf, last_leaf: firstLeaf + leaves - 1 },
  details: { retention_action: action },
});
