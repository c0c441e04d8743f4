import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { describeError } from '../../platform/errors/describe-error.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import type { ErasureSubject } from './erasure.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureLedger } from './erasure-ledger.service.js';
import { columnsOf } from './erasure-opener.service.js';
import { ErasuresRepository } from './erasures.repository.js';

/** Whoever deletes something waits no longer for a ledger that does not answer. */
const MOST_MS = 5_000;

/** Something that was deleted for good without an erasure. */
export interface Destruction {
  /** Of its entry; the same, however often it is made. */
  readonly id: string;
  readonly organizationId: string;
  readonly subject: ErasureSubject;
  /** What it was, in the plural. */
  readonly kind: string;
  readonly createdAt: Date;
}

/** Enters what was deleted for good into the ledger: its keys went with it, and a restored database has these again. */
@Injectable()
export class Destructions {
  constructor(
    private readonly repository: ErasuresRepository,
    private readonly ledger: ErasureLedger,
    private readonly completion: ErasureCompletion,
    private readonly dataSource: DataSource,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Before whoever asked for it is answered: what they were told is gone does not come back. It was committed before, so that no
   * entry is made of what was not deleted. Where the ledger does not answer, {@link record} makes the entry later.
   */
  async announce(destruction: Destruction): Promise<void> {
    const entered = this.enter(destruction, this.dataSource.manager).catch((error: unknown) =>
      this.logger.error({ message: 'a deletion is not in the ledger yet', err: describeError(error) }),
    );
    const over = new AbortController();
    await Promise.race([entered, sleep(MOST_MS, undefined, { signal: over.signal }).catch(() => {})]);
    over.abort();
  }

  async record(destruction: Destruction, tx: Tx): Promise<void> {
    const { kind, subject, ...row } = destruction;
    const { id, organizationId } = row;
    if (!(await this.enter(destruction, tx))) return;
    const empty = { status: 'running', reasonSealed: null, requestedBy: null } as const;
    await this.repository.insert({ ...row, ...empty, ...columnsOf(subject) }, tx);
    await this.repository.addCount(organizationId, id, kind, 1, tx);
    const by = { actor: { type: 'system', id: 'erasure' }, requestId: id } as const;
    await this.completion.complete(organizationId, id, by, tx);
  }

  /** Sandboxes end tonight, and organizations that have ended have an entry of their own. */
  private async enter(destruction: Destruction, db: Tx): Promise<boolean> {
    const tenant = await this.repository.findTenant(destruction.organizationId, db);
    if (!tenant || tenant.isSandbox) return false;
    await this.ledger.enter(destruction);
    return true;
  }
}
