import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { LooseObjects } from '../platform/storage/loose-objects.service.js';
import { TenantContents } from '../platform/tenants/tenant-contents.js';

/** What goes with an organization beside its rows: the encrypted bytes of its files. */
@Injectable()
export class TenantFiles extends TenantContents {
  readonly table = 'files';
  readonly column = 'object_key';

  constructor(private readonly loose: LooseObjects) {
    super();
  }

  release(objectKeys: readonly string[], tx: Tx): Promise<void> {
    return this.loose.doom(objectKeys, tx);
  }
}
