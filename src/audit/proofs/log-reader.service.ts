import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { auditError } from '../audit.errors.js';
import { CompactRange } from '../log/compact-range.js';
import * as Proofs from '../log/merkle-proofs.js';
import { type Verifier } from '../log/signed-note.js';
import { LogSigner } from '../trees/log-signer.service.js';
import { rangeOf, type Tree } from '../trees/tree.js';
import { TreeNodesRepository } from '../trees/tree-nodes.repository.js';
import { TreesRepository } from '../trees/trees.repository.js';

/** A log as it was at some moment; it can only have grown since. */
export interface ReadLog {
  /** Null while the log is empty. */
  readonly tree: number | null;
  readonly size: number;
  readonly root: Buffer;
  /** When it had come so far; null while it is empty. */
  readonly createdAt: Date | null;
  readonly verifier: Verifier;
  /** Gives hashes of it. */
  readonly nodes: Proofs.NodeReader;
  /** The signed note of it, or of what it was at a smaller size. */
  checkpoint(size?: number): Promise<string>;
}

const none: Proofs.NodeReader = async () => [];

/** Reads logs: of an organization, or with null that of the instance. */
@Injectable()
export class LogReader {
  constructor(
    private readonly trees: TreesRepository,
    private readonly treeNodes: TreeNodesRepository,
    private readonly signer: LogSigner,
    private readonly dataSource: DataSource,
  ) {}

  /** @throws AppError AUDIT_LOG_QUARANTINED: of a log that contradicts itself nothing is stated */
  async read(organizationId: string | null): Promise<ReadLog> {
    const db = this.dataSource.manager;
    const tree = await this.trees.find(organizationId, db);
    if (tree?.isQuarantined) throw auditError('AUDIT_LOG_QUARANTINED');
    const owner = organizationId ?? 'instance';
    const { size, root } = headOf(tree);
    const nodes = tree ? this.treeNodes.readerOf(tree.id, db) : none;
    return {
      ...{ tree: tree?.id ?? null, size, root, nodes },
      createdAt: tree ? ((await this.trees.findCheckpointTime(tree.id, size, db)) ?? null) : null,
      verifier: await this.signer.verifierOf(owner, db),
      checkpoint: async (at = size) => {
        const head = { size: at, root: at === size ? root : await Proofs.rootAt(at, nodes) };
        return this.signer.checkpoint(owner, head, db);
      },
    };
  }
}

function headOf(tree: Tree | undefined) {
  const range = tree ? rangeOf(tree) : new CompactRange();
  return { size: range.size, root: range.root() };
}
