import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { TenantContents } from '../../platform/tenants/tenant-contents.js';
import { TreesRepository } from '../trees/trees.repository.js';

/** What trees of sandboxes are made of goes with them. */
@Injectable()
export class TenantTrees extends TenantContents {
  readonly table = 'audit_trees';
  readonly column = 'id::text';

  constructor(private readonly trees: TreesRepository) {
    super();
  }

  release(trees: readonly string[], tx: Tx): Promise<void> {
    return this.trees.empty(trees.map(Number), tx);
  }
}
