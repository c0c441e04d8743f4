import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { InstanceKeyRing } from './instance-key-ring.service.js';
import { keyedDigest } from './keyed-digest.js';

/** Whose instance key they are derived from. */
const PURPOSE = 'erasures';

/**
 * The keys that erased values are known by. They are derived from a key as old as the installation, so that whoever restores
 * an older copy of the database has them too.
 */
@Injectable()
export class ErasureKeys {
  constructor(private readonly keyRing: InstanceKeyRing) {}

  /** 32 bytes; another key for each erasure of each organization. */
  async keyOf(organizationId: string, erasureId: string, db: Tx): Promise<Buffer> {
    const { key } = await this.keyRing.newestKey(PURPOSE, db);
    return keyedDigest(key, 'erasure', organizationId, erasureId);
  }
}
