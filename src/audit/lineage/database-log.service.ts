import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import * as Proofs from '../log/merkle-proofs.js';
import { TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';

/** The instance's log as the database has it. */
@Injectable()
export class DatabaseLog {
  constructor(
    private readonly trees: TreesRepository,
    private readonly nodes: TreeNodesRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** Its size, and its root at any size up to that. */
  async read(): Promise<{ readonly size: number; readonly rootAt: (size: number) => Promise<Buffer> }> {
    const db = this.dataSource.manager;
    const tree = await this.trees.find(null, db);
    if (!tree) throw new Error('the instance has a log from its first migration on');
    return { size: tree.size, rootAt: (size) => Proofs.rootAt(size, this.nodes.readerOf(tree.id, db)) };
  }
}
