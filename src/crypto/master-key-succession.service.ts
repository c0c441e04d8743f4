import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.module.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { cryptoError } from './crypto.errors.js';
import { loadNextMasterKey, type MasterKey } from './master-key.js';
import { makeNextMasterKey, promoteNextMasterKey } from './master-key-files.js';
import { MasterKeysRepository } from './master-keys.repository.js';

/**
 * Which master key follows, and where it lies. Files are read and written inside of transactions here, since the
 * transaction's lock is what keeps processes from changing them at once; it happens at starts and rotations alone.
 */
@Injectable()
export class MasterKeySuccession {
  constructor(
    private readonly repository: MasterKeysRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** One process at a time, until the transaction ends. */
  async lock(tx: Tx): Promise<void> {
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('redoubt master keys'))");
  }

  /**
   * Puts a key that is kept in `<data>/master-key.next` in the place of the one it has replaced, once the database
   * knows no other: the last step of a rotation, done again wherever a crash may have left it undone.
   */
  async settle(tx: Tx): Promise<void> {
    await this.lock(tx);
    const [only, ...others] = await this.repository.listMasterKeys(tx);
    if (only && others.length === 0) promoteNextMasterKey(this.settings, only.id);
  }

  /**
   * The key that is to follow the one in use. In files it is made here, and is safe on the disk before anything is
   * wrapped by it.
   * @throws AppError NEXT_MASTER_KEY_MISSING, NEXT_MASTER_KEY_IN_USE
   */
  async next(inUse: string, tx: Tx): Promise<MasterKey> {
    await this.settle(tx);
    const { REDOUBT_MASTER_KEY: given, REDOUBT_NEXT_MASTER_KEY: next } = this.settings;
    if (given && !next) throw cryptoError('NEXT_MASTER_KEY_MISSING');
    const key = next ? loadNextMasterKey(this.settings) : makeNextMasterKey(this.settings);
    if (!key || key.id === inUse) throw cryptoError('NEXT_MASTER_KEY_IN_USE');
    return key;
  }
}
