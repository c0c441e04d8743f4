import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import * as Entries from '../log/log-entry.js';
import * as Hashes from '../log/merkle-hash.js';
import { GrowingTree, type Tree } from '../trees/tree.js';
import { type NewCheckpoint, TreesRepository } from '../trees/trees.repository.js';
import { InstanceHistory } from './instance-history.service.js';
import { OwedHeadsRepository } from './owed-heads.repository.js';
import { type PendingRow, PendingRowsRepository } from './pending-rows.repository.js';
import { Quarantine } from './quarantine.service.js';

/** Rows of one round: enough to be fast, few enough that a round takes a fraction of a second. */
export const ROUND_ROWS = 4_000;

const leafOf = (entry: Parameters<typeof Entries.entryText>[0]): Buffer =>
  Hashes.leafHash(Entries.entryText(entry));

/** A head of a tree after a round. */
type GrownHead = Entries.LogHead & { readonly tree: number };

/** One round of giving rows their places: in one transaction, which holds the instance's tree, so that rounds never overlap. */
@Injectable()
export class SequencingRound {
  constructor(
    private readonly pending: PendingRowsRepository,
    private readonly owed: OwedHeadsRepository,
    private readonly trees: TreesRepository,
    private readonly quarantine: Quarantine,
    private readonly history: InstanceHistory,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Whether rows wait for their places, or heads that the instance's log owes can get theirs. */
  async hasWork(db: Tx): Promise<boolean> {
    return (await this.pending.hasAny(db)) || (await this.owed.hasAny(db));
  }

  /** @returns how many rows left the queue: they got their place, or were laid aside */
  run(limit = ROUND_ROWS): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.trees.lockInstance(tx);
      const rows = await this.pending.take(limit, tx);
      const trees = await this.soundTrees(locked, rows, tx);
      const instance = trees.get(null);
      trees.delete(null);
      await this.place(rows, trees, tx);
      const grown = [...trees.values()];
      const sandboxes = new Set(rows.filter((row) => row.isOfSandbox).map((row) => row.organizationId));
      const leaves = await this.enterHeads(
        grown.map(headOf).filter(({ organizationId }) => !sandboxes.has(organizationId)),
        instance,
        limit,
        tx,
      );
      const checkpoints = grown.map((tree) => checkpointOf(tree, leaves.get(tree.tree.id) ?? null));
      if (instance && instance.leaves.length > 0) {
        grown.push(instance);
        checkpoints.push(checkpointOf(instance, null));
      }
      if (grown.length > 0) await this.trees.save(grown, checkpoints, tx);
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

  /** Lets organizations' logs that were set apart go on, where they were put back. */
  release(): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      await this.trees.lockInstance(tx);
      await this.quarantine.releaseSound(tx);
    });
  }

  /** Holds the instance's log against what is there of it and what lies outside: sets it apart, or lets it go on. */
  async judgeInstance(): Promise<void> {
    const kept = await this.history.kept();
    await this.unitOfWork.run(async (tx) => {
      const instance = await this.trees.lockInstance(tx);
      await this.quarantine.judge(instance, await this.history.faultOf(instance, kept, tx), tx);
    });
  }

  /** The trees that may grow, by their organizations; that of the instance by null. */
  private async soundTrees(
    instance: Tree,
    rows: readonly PendingRow[],
    tx: Tx,
  ): Promise<Map<string | null, GrowingTree>> {
    const ids = [...new Set(rows.map(({ organizationId }) => organizationId))];
    const found = ids.length > 0 ? await this.trees.lockOrganizations(ids, tx) : [];
    const sound = await this.quarantine.sound([instance, ...found], tx);
    return new Map(sound.map((tree) => [tree.organizationId, new GrowingTree(tree)]));
  }

  private async place(
    rows: readonly PendingRow[],
    trees: ReadonlyMap<string | null, GrowingTree>,
    tx: Tx,
  ): Promise<void> {
    const parked: PendingRow[] = [];
    for (const row of rows) {
      const tree = trees.get(row.organizationId);
      if (tree) tree.append(leafOf(Entries.entryOfRow(row)), row);
      else parked.push(row);
    }
    if (parked.length > 0) await this.pending.park(parked, tx);
  }

  /**
   * Enters heads in the tree of the instance, after those that it owes. While it is set apart, or owes more than one round takes,
   * they are owed too.
   * @returns the leaves of the new ones, by their trees
   */
  private async enterHeads(
    heads: readonly GrownHead[],
    instance: GrowingTree | undefined,
    limit: number,
    tx: Tx,
  ): Promise<ReadonlyMap<number, number>> {
    const owed = instance ? await this.owed.take(limit, tx) : [];
    const enter = <Head extends GrownHead>(head: Head, log: GrowingTree) => ({
      ...head,
      leaf: log.append(leafOf(Entries.entryOfHead(head))),
    });
    if (instance && owed.length > 0)
      await this.owed.enter(
        owed.map((head) => enter(head, instance)),
        tx,
      );
    if (instance && owed.length < limit)
      return new Map(heads.map((head) => [head.tree, enter(head, instance).leaf]));
    if (heads.length > 0) await this.owed.owe(heads, tx);
    return new Map();
  }
}

const checkpointOf = (tree: GrowingTree, instanceLeaf: number | null): NewCheckpoint => ({
  tree: tree.tree.id,
  size: tree.size,
  root: tree.root(),
  instanceLeaf,
});

const headOf = (tree: GrowingTree): GrownHead => ({
  tree: tree.tree.id,
  organizationId: tree.tree.organizationId ?? '',
  size: tree.size,
  root: tree.root(),
});
