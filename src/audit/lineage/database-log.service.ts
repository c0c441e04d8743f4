import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import * as Proofs from '../log/merkle-proofs.js';
import { MissingHashes, TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';

/** The instance's log as the database has it. */
@Injectable()
export class DatabaseLog {
  constructor(
    private readonly trees: TreesRepository,
    private readonly nodes: TreeNodesRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** The size that it says it has, and the root of so many of its leaves: undefined where they are not all there. */
  async read(): Promise<{
    readonly size: number;
    readonly rootAt: (size: number) => Promise<Buffer | undefined>;
  }> {
    const db = this.dataSource.manager;
    const tree = await this.trees.find(null, db);
    // Whoever lets logs grow sets one apart whose row is gone; there are no leaves of it.
    if (!tree) return { size: 0, rootAt: async () => undefined };
    return { size: tree.size, rootAt: (size) => this.rootAt(size, tree.id) };
  }

  private async rootAt(size: number, tree: number): Promise<Buffer | undefined> {
    try {
      return await Proofs.rootAt(size, this.nodes.readerOf(tree, this.dataSource.manager));
    } catch (error) {
      if (error instanceof MissingHashes) return undefined;
      throw error;
    }
  }
}
