import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditWriter, type PreparedEntry } from '../../platform/audit/audit.writer.js';
import { type AuditEntry, auditOf } from '../../platform/audit/audit-entry.js';
import { Coalescer } from '../../platform/database/coalescer.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { NewEvent } from '../../platform/outbox/event.js';
import { EventOutbox } from '../../platform/outbox/event-outbox.js';
import { eachApart } from './each-apart.js';
import type { ReceiptEnd, ReceiptOpening } from './receipt.js';
import { type EndRow, endingOf, insertionOf, type OpeningRow } from './receipt-rows.js';
import { ReceiptSealer } from './receipt-sealer.service.js';
import { ReceiptsRepository } from './receipts.repository.js';
import type { ToolRound } from './tool-round.js';

/** What listeners are told of a completion beside its receipt's end. */
export interface CompletionNews {
  /** `chatcmpl_…`, as the client was answered. */
  readonly completionId: string;
  /** The model that answered. */
  readonly model: string;
  readonly projectId: string | undefined;
}

interface Opened {
  readonly row: OpeningRow;
  readonly entry: PreparedEntry;
}

interface Ended {
  readonly row: EndRow;
  readonly news: CompletionNews;
}

const MOST_AT_ONCE = 256;

/** What left the building: written down before it leaves, and completed afterwards. Receipts of one moment share a commit. */
@Injectable()
export class Receipts {
  private readonly opening = new Coalescer<Opened, () => void>(
    (opened) => eachApart(opened, (some) => this.insert(some)),
    MOST_AT_ONCE,
  );
  private readonly closing = new Coalescer<Ended, () => void>(
    (ended) => eachApart(ended, (some) => this.end(some, this.dataSource.manager)),
    MOST_AT_ONCE,
  );

  constructor(
    private readonly repository: ReceiptsRepository,
    private readonly sealer: ReceiptSealer,
    private readonly audit: AuditWriter,
    private readonly events: EventOutbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * Writes a receipt and its audit row, both or neither; resolved means durable.
   * @param within what is to commit together with them, such as new tokens, in a transaction of its own; nothing slow
   */
  async open(opening: ReceiptOpening, caller: Caller, within?: (tx: Tx) => Promise<void>): Promise<void> {
    const { organizationId } = caller.principal;
    const [sealed, entry] = await Promise.all([
      this.sealer.sealOpening({ organizationId, id: opening.id }, opening.unknownFields),
      this.audit.prepare(entryOf(opening, caller)),
    ]);
    const row = { opening, caller, sealed, createdAt: new Date() };
    if (within) await this.openWithin(row, entry, within);
    else (await this.opening.run({ row, entry }))();
  }

  /**
   * Writes what came of it, and `chat.completed` when it was completed, both or neither; resolved means durable. Of a receipt
   * that is over already nothing changes.
   * @param within what is to commit together with it, in a transaction of its own; nothing slow
   */
  async close(
    id: string,
    organizationId: string,
    end: ReceiptEnd,
    news: CompletionNews,
    within?: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const sealed = await this.sealer.sealOutcome({ organizationId, id }, end.unresolved);
    const row = { id, organizationId, end, sealed, endedAt: new Date() };
    if (!within) return (await this.closing.run({ row, news }))();
    await this.unitOfWork.run(async (tx) => {
      await within(tx);
      await this.end([{ row, news }], tx);
    });
  }

  /**
   * Writes what tools were called so far, and the requests that tell the model of it; resolved means durable.
   * @param within as for {@link open}
   */
  async noteToolRounds(
    id: string,
    organizationId: string,
    rounds: readonly ToolRound[],
    within?: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    const sealed = await this.sealer.sealToolRounds({ organizationId, id }, rounds);
    await this.unitOfWork.run(async (tx) => {
      await within?.(tx);
      await this.repository.updateToolRounds(organizationId, id, sealed, tx);
    });
  }

  private openWithin(
    row: OpeningRow,
    entry: PreparedEntry,
    within: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await within(tx);
      await this.repository.insertMany([row], tx);
      await this.audit.appendMany([entry], tx);
    });
  }

  private insert(opened: readonly Opened[]): Promise<void> {
    return this.audit.appendWith(
      opened.map(({ entry }) => entry),
      insertionOf(opened.map(({ row }) => row)),
    );
  }

  private end(ended: readonly Ended[], db: Tx): Promise<void> {
    // Of two ends of one receipt the first counts, as it would if they did not come at once.
    const once = [...new Map(ended.toReversed().map((one) => [one.row.id, one])).values()];
    const completed = once.filter(({ row }) => row.end.status === 'completed');
    const events = new Map(completed.map((one) => [one.row.id, eventOf(one)]));
    const ending = endingOf(once.map(({ row }) => row));
    return this.events.appendWith(ending, events, db);
  }
}

/** Ids and numbers; what was asked and answered is nobody's business. */
function entryOf(opening: ReceiptOpening, caller: Caller): AuditEntry {
  const { details, ...entry } = auditOf(caller);
  const { id, status, projectId, counts, model, upstream, policy } = opening;
  return {
    ...entry,
    projectId,
    action: status === 'blocked' ? 'completion.blocked' : 'completion.created',
    target: { type: 'chat_receipt', id },
    counts,
    details: {
      ...details,
      model,
      upstream_id: upstream?.id,
      upstream_name: upstream?.name,
      policy_id: policy?.id,
      policy_version: policy?.version,
    },
  };
}

function eventOf({ row: { id, organizationId, end }, news }: Ended): NewEvent {
  const { completionId, model, projectId } = news;
  return {
    organizationId,
    projectId,
    name: 'chat.completed',
    data: {
      receipt_id: id,
      completion_id: completionId,
      project_id: projectId ?? null,
      model,
      status: end.status,
      finish_reason: end.finishReasons[0] ?? null,
      prompt_tokens: end.usage?.prompt_tokens ?? null,
      completion_tokens: end.usage?.completion_tokens ?? null,
      duration_ms: Math.round(end.durationMs),
    },
  };
}
