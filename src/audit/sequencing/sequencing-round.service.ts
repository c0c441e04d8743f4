import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import * as Entries from '../log/log-entry.js';
import * as Hashes from '../log/merkle-hash.js';
import { GrowingTree } from '../trees/tree.js';
import { type NewCheckpoint, TreesRepository } from '../trees/trees.repository.js';
import { type PendingRow, PendingRowsRepository } from './pending-rows.repository.js';
import { Quarantine } from './quarantine.service.js';

/** Rows of one round: enough to be fast, few enough that a round takes a fraction of a second. */
export const ROUND_ROWS = 4_000;

const leafOf = (entry: Parameters<typeof Entries.entryText>[0]): Buffer =>
  Hashes.leafHash(Entries.entryText(entry));

/** One round of giving rows their places: in one transaction, which holds the instance's tree, so that rounds never overlap. */
@Injectable()
export class SequencingRound {
  constructor(
    private readonly pending: PendingRowsRepository,
    private readonly trees: TreesRepository,
    private readonly quarantine: Quarantine,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns how many rows left the queue: they got their place, or were laid aside */
  run(limit = ROUND_ROWS): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const instance = new GrowingTree(await this.trees.lockInstance(tx));
      const rows = await this.pending.take(limit, tx);
      if (rows.length === 0) return 0;
      const grown = await this.grow(rows, tx);
      const sandboxes = new Set(rows.filter((row) => row.isOfSandbox).map((row) => row.organizationId));
      const checkpoints = grown.map((tree) => headOf(tree, sandboxes, instance));
      if (instance.leaves.length > 0) checkpoints.push(checkpointOf(instance, null));
      await this.trees.save([...grown, instance], checkpoints, tx);
      return rows.length;
    });
  }

  /** Queues what was written without. */
  takeUpMissed(): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await this.trees.lockInstance(tx);
      await this.pending.queueMissed(tx);
    });
  }

  /** Lets logs that were set apart go on, where they were put back. */
  release(): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await this.trees.lockInstance(tx);
      await this.quarantine.releaseSound(tx);
    });
  }

  private async grow(rows: readonly PendingRow[], tx: Tx): Promise<GrowingTree[]> {
    const ids = [...new Set(rows.map(({ organizationId }) => organizationId))];
    const found = await this.trees.lockOrganizations(ids, tx);
    const sound = await this.quarantine.sound(found, tx);
    const trees = new Map(sound.map((tree) => [tree.organizationId, new GrowingTree(tree)]));
    const parked: PendingRow[] = [];
    for (const row of rows) {
      const tree = trees.get(row.organizationId);
      if (tree) tree.append(leafOf(Entries.entryOfRow(row)), row);
      else parked.push(row);
    }
    if (parked.length > 0) await this.pending.park(parked, tx);
    return [...trees.values()];
  }
}

const checkpointOf = (tree: GrowingTree, instanceLeaf: number | null): NewCheckpoint => ({
  tree: tree.tree.id,
  size: tree.size,
  root: tree.root(),
  instanceLeaf,
});

/** The new head of a tree, entered in that of the instance, except for those of sandboxes, which leave nothing. */
function headOf(tree: GrowingTree, sandboxes: ReadonlySet<string>, instance: GrowingTree): NewCheckpoint {
  const head = { organizationId: tree.tree.organizationId ?? '', size: tree.size, root: tree.root() };
  if (sandboxes.has(head.organizationId)) return checkpointOf(tree, null);
  return checkpointOf(tree, instance.append(leafOf(Entries.entryOfHead(head))));
}
