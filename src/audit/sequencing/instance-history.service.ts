import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { type ParsedCheckpoint, parseCheckpoint } from '../log/checkpoint.js';
import * as Proofs from '../log/merkle-proofs.js';
import { rangeOf, type Tree } from '../trees/tree.js';
import { faultOf, type TreeFault } from '../trees/tree-fault.js';
import { MissingHashes, TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';
import { OutsideCheckpoints } from './outside-checkpoints.service.js';

/** Whether the instance's tree agrees with what is there of it, and goes on from the checkpoints outside of the database. */
@Injectable()
export class InstanceHistory {
  constructor(
    private readonly trees: TreesRepository,
    private readonly nodes: TreeNodesRepository,
    private readonly outside: OutsideCheckpoints,
  ) {}

  /**
   * What lies outside. To be read before the tree that is held against it: it is never ahead of the database.
   * @throws Error where something else lies there, which nobody is to overwrite unseen
   */
  async kept(): Promise<ParsedCheckpoint[]> {
    return (await this.outside.read()).map(({ place, note }) => {
      const checkpoint = parseCheckpoint(note);
      if (!checkpoint) throw new Error(`what lies in ${place} is no checkpoint`);
      return checkpoint;
    });
  }

  /** What is wrong with a tree by what the database has of it, and by checkpoints from before. */
  async faultOf(tree: Tree, kept: readonly ParsedCheckpoint[], db: Tx): Promise<TreeFault | undefined> {
    const traces = (await this.trees.traces([tree.id], db)).get(tree.id);
    const fault = traces && faultOf(tree, traces);
    if (fault) return fault;
    if (kept.some(({ size }) => size > tree.size)) return 'shorter';
    for (const old of kept) if (!(await this.goesOn(tree, old, db))) return 'other_root';
    return undefined;
  }

  private async goesOn(tree: Tree, old: ParsedCheckpoint, db: Tx): Promise<boolean> {
    // Every log goes on from the empty one.
    if (old.size === 0) return true;
    const { size } = tree;
    try {
      const proof = await Proofs.consistencyProof(old.size, size, this.nodes.readerOf(tree.id, db));
      const [oldSize, root] = [old.size, rangeOf(tree).root()];
      return Proofs.verifyConsistency({ oldSize, size, oldRoot: old.root, root, proof });
    } catch (error) {
      if (error instanceof MissingHashes) return false;
      throw error;
    }
  }
}
