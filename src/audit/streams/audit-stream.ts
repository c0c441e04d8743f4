import type { Logger } from 'pino';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { pause } from '../../platform/leader/pause.js';
import { auditStreamed } from '../../platform/telemetry/metrics.js';
import { OutageLog } from '../../platform/telemetry/outage-log.js';
import type { Collector } from './collector.js';
import type { StreamMessage } from './stream-message.js';
import type { StreamPosition, StreamPositionsRepository } from './stream-positions.repository.js';
import type { StreamSource } from './stream-source.service.js';

/** What a stream works with, and its times in milliseconds. */
export interface StreamParts {
  readonly source: StreamSource;
  readonly positions: StreamPositionsRepository;
  /** Outside of any transaction. */
  readonly db: Tx;
  readonly logger: Logger;
  readonly pauseMs: number;
  readonly mostPauseMs: number;
  readonly checkpointMs: number;
}

/** What a collector was sent so shortly before its connection broke may not have come to it. */
const IN_DOUBT_MS = 30_000;

/**
 * One collector's way through the log: a batch is read when the one before was taken, and the cursor moves on after that, so
 * each entry is sent at least once. Where nothing is acknowledged, the last half minute before a break is sent again.
 */
export class AuditStream {
  private readonly outage: OutageLog;
  private position: StreamPosition | undefined;
  private inDoubt: { readonly from: StreamPosition; readonly at: number }[] = [];

  constructor(
    private readonly collector: Collector,
    private readonly parts: StreamParts,
  ) {
    this.outage = new OutageLog(parts.logger, `sending the audit log to the ${collector.name} collector`);
  }

  /** Until the signal aborts; a collector that is away is tried again after growing pauses. */
  async serve(signal: AbortSignal): Promise<void> {
    const { pauseMs, mostPauseMs } = this.parts;
    let wait = pauseMs;
    while (!signal.aborted) {
      try {
        const isLast = await this.step(signal);
        this.outage.over();
        wait = pauseMs;
        if (isLast) await pause(pauseMs, signal);
      } catch (error) {
        if (!signal.aborted) this.outage.note(error);
        await pause(wait, signal);
        wait = Math.min(wait * 2, mostPauseMs);
      }
    }
    this.collector.close();
  }

  /** One batch. @returns whether it was the last there is */
  private async step(signal: AbortSignal): Promise<boolean> {
    const { source, positions, db } = this.parts;
    const { name } = this.collector;
    this.goBack();
    const from = this.position ?? (await positions.read(name, db));
    this.position = from;
    const { messages, next, isLast } = await source.read(from);
    if (messages.length > 0) await this.send(messages, from, signal);
    if (next.head !== from.head || next.leaf !== from.leaf) await positions.advance(name, next, db);
    this.position = next;
    if (isLast) await this.sendCheckpoint(next, signal);
    return isLast;
  }

  private async send(messages: readonly StreamMessage[], from: StreamPosition, signal: AbortSignal) {
    const at = performance.now();
    this.inDoubt = this.inDoubt.filter((sent) => sent.at > at - IN_DOUBT_MS);
    this.inDoubt.push({ from, at });
    await this.collector.send(messages, signal);
    auditStreamed.inc({ collector: this.collector.name }, messages.length);
  }

  /** To the first batch that may have been lost with a connection. */
  private goBack(): void {
    const lostAt = this.collector.takeLoss();
    if (lostAt === undefined) return;
    const [first] = this.inDoubt.filter(({ at }) => at > lostAt - IN_DOUBT_MS);
    if (first) this.position = first.from;
    this.inDoubt = [];
  }

  /** The one that tells of all that was sent, about each minute while there is news. */
  private async sendCheckpoint(position: StreamPosition, signal: AbortSignal): Promise<void> {
    const { source, positions, db, checkpointMs } = this.parts;
    const { name } = this.collector;
    const { checkpointSize, checkpointAt } = await positions.read(name, db);
    if (position.head <= checkpointSize) return;
    if (checkpointAt && Date.now() - checkpointAt.getTime() < checkpointMs) return;
    const checkpoint = await source.checkpoint(position.head);
    if (!checkpoint) return;
    await this.send([checkpoint], position, signal);
    await positions.noteCheckpoint(name, position.head, db);
  }
}
