import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { storageError } from '../../platform/storage/storage.errors.js';
import { StorageUsageRepository } from './storage-usage.repository.js';

/** What an organization keeps, in bytes. */
export interface Usage {
  readonly usedBytes: number;
  /** Undefined where nothing limits it. */
  readonly quotaBytes: number | undefined;
}

/** Counts what every organization stores against its quota: the organization's own, else REDOUBT_STORAGE_QUOTA, else none. */
@Injectable()
export class StorageUsage {
  constructor(
    private readonly repository: StorageUsageRepository,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'REDOUBT_STORAGE_QUOTA'>,
  ) {}

  /**
   * Adds bytes in the transaction that keeps them. Late in it: until it ends, other writes of the organization wait.
   * @throws AppError STORAGE_QUOTA_EXCEEDED
   */
  async charge(organizationId: string, bytes: number, tx: Tx): Promise<void> {
    const kept = await this.repository.add(organizationId, bytes, this.settings.REDOUBT_STORAGE_QUOTA, tx);
    if (!kept) throw storageError('STORAGE_QUOTA_EXCEEDED');
  }

  /** Takes bytes off in the transaction that deletes them. */
  async release(organizationId: string, bytes: number, tx: Tx): Promise<void> {
    await this.repository.subtract(organizationId, bytes, tx);
  }

  async usage(organizationId: string, db: Tx): Promise<Usage> {
    const row = await this.repository.find(organizationId, db);
    const quotaBytes = row?.quotaBytes ?? this.settings.REDOUBT_STORAGE_QUOTA;
    return { usedBytes: row?.usedBytes ?? 0, quotaBytes };
  }

  /**
   * Refuses early what could not be charged: saves its transfer, promises nothing.
   * @throws AppError STORAGE_QUOTA_EXCEEDED
   */
  async assertRoom(organizationId: string, bytes: number, db: Tx): Promise<void> {
    const { usedBytes, quotaBytes } = await this.usage(organizationId, db);
    if (quotaBytes !== undefined && usedBytes + bytes > quotaBytes) {
      throw storageError('STORAGE_QUOTA_EXCEEDED');
    }
  }
}
