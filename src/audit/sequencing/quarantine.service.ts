import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { afterCommit, type Tx } from '../../platform/database/unit-of-work.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import type { Tree } from '../trees/tree.js';
import { faultOf, type TreeFault } from '../trees/tree-fault.js';
import { TreesRepository } from '../trees/trees.repository.js';
import { PendingRowsRepository } from './pending-rows.repository.js';
import { QuarantineEntries } from './quarantine-entries.service.js';

const CAUSE = 'Somebody changed it in the database, or restored it alone';

/** What a log is to those who run the server, and what waits while it is set apart. */
const describe = (organizationId: string | null): { readonly log: string; readonly waiting: string } =>
  organizationId === null
    ? {
        log: 'the audit log of the instance',
        waiting: 'no heads of other logs are entered in it and its checkpoint outside stays as it is',
      }
    : { log: 'the audit log of an organization', waiting: 'its entries get no places' };

/**
 * Sets trees apart that contradict what is there of them, so that others go on. Whoever asks holds the instance's tree.
 */
@Injectable()
export class Quarantine {
  constructor(
    private readonly trees: TreesRepository,
    private readonly pending: PendingRowsRepository,
    private readonly entries: QuarantineEntries,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Those of trees that may grow; the others are set apart. */
  async sound(trees: readonly Tree[], tx: Tx): Promise<Tree[]> {
    const faults = await this.faultsOf(
      trees.filter(({ isQuarantined }) => !isQuarantined),
      tx,
    );
    for (const [tree, fault] of faults) await this.setApart(tree, fault, tx);
    return trees.filter((tree) => !tree.isQuarantined && !faults.has(tree));
  }

  /** Sets a tree apart in which a fault was found, or lets it go on when none was. */
  async judge(tree: Tree, fault: TreeFault | undefined, tx: Tx): Promise<void> {
    if (fault && !tree.isQuarantined) await this.setApart(tree, fault, tx);
    if (!fault && tree.isQuarantined) await this.release(tree, tx);
  }

  /** Lets organizations' trees go on that were put back, and queues what waits for them. */
  async releaseSound(tx: Tx): Promise<void> {
    const trees = await this.trees.lockQuarantined(tx);
    const faults = await this.faultsOf(trees, tx);
    for (const tree of trees) if (!faults.has(tree)) await this.release(tree, tx);
  }

  private async faultsOf(trees: readonly Tree[], tx: Tx): Promise<Map<Tree, TreeFault>> {
    const faults = new Map<Tree, TreeFault>();
    if (trees.length === 0) return faults;
    const traces = await this.trees.traces(
      trees.map(({ id }) => id),
      tx,
    );
    for (const tree of trees) {
      const found = traces.get(tree.id);
      const fault = found && faultOf(tree, found);
      if (fault) faults.set(tree, fault);
    }
    return faults;
  }

  private async setApart({ id, organizationId, size }: Tree, reason: TreeFault, tx: Tx): Promise<void> {
    await this.trees.quarantine(id, reason, tx);
    await this.entries.write('quarantined', { organizationId, size, reason }, tx);
    const { log, waiting } = describe(organizationId);
    const message = `${log} contradicts itself and was set apart (${reason}). ${CAUSE}; ${waiting} until it is put back. See docs/audit.md.`;
    afterCommit(tx, () => this.logger.error({ message, organizationId, size, reason }));
  }

  private async release({ id, organizationId, size }: Tree, tx: Tx): Promise<void> {
    await this.trees.release(id, tx);
    if (organizationId !== null) await this.pending.queueParked(organizationId, tx);
    await this.entries.write('released', { organizationId, size }, tx);
    const message = `${describe(organizationId).log} agrees with itself again and goes on`;
    afterCommit(tx, () => this.logger.info({ message, organizationId, size }));
  }
}
