import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { afterCommit, type Tx } from '../../platform/database/unit-of-work.js';
import { LOGGER } from '../../platform/telemetry/logger.js';
import type { Tree } from '../trees/tree.js';
import { faultOf, type TreeFault } from '../trees/tree-fault.js';
import { TreesRepository } from '../trees/trees.repository.js';
import { PendingRowsRepository } from './pending-rows.repository.js';
import { QuarantineEntries } from './quarantine-entries.service.js';

const ADVICE =
  'Somebody changed it in the database, or restored it alone; its entries get no places until it is put back. See docs/audit.md.';

/**
 * Sets trees apart that contradict what is there of them, so that those of others go on. Whoever asks holds the instance's tree.
 */
@Injectable()
export class Quarantine {
  constructor(
    private readonly trees: TreesRepository,
    private readonly pending: PendingRowsRepository,
    private readonly entries: QuarantineEntries,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Those of organizations' trees that may grow; the others are set apart. */
  async sound(trees: readonly Tree[], tx: Tx): Promise<Tree[]> {
    const faults = await this.faultsOf(
      trees.filter(({ isQuarantined }) => !isQuarantined),
      tx,
    );
    for (const [tree, fault] of faults) await this.setApart(tree, fault, tx);
    return trees.filter((tree) => !tree.isQuarantined && !faults.has(tree));
  }

  /** Lets trees go on that were put back, and queues what waits for them. */
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

  private async setApart(tree: Tree, reason: TreeFault, tx: Tx): Promise<void> {
    const { id, organizationId, size } = tree;
    await this.trees.quarantine(id, reason, tx);
    if (organizationId !== null)
      await this.entries.write('quarantined', { organizationId, size, reason }, tx);
    const message = `the audit log of an organization contradicts itself and was set apart (${reason}). ${ADVICE}`;
    afterCommit(tx, () => this.logger.error({ message, organizationId, size, reason }));
  }

  private async release({ id, organizationId, size }: Tree, tx: Tx): Promise<void> {
    await this.trees.release(id, tx);
    if (organizationId === null) return;
    await this.pending.queueParked(organizationId, tx);
    await this.entries.write('released', { organizationId, size }, tx);
    const message = 'the audit log of an organization agrees with itself again and goes on';
    afterCommit(tx, () => this.logger.info({ message, organizationId, size }));
  }
}
