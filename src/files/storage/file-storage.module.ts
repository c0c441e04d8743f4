import { Module } from '@nestjs/common';
import { LooseObjectsModule } from '../../platform/storage/loose-objects.module.js';
import { SandboxQuota } from './sandbox-quota.js';
import { StorageUsageRepository } from './storage-usage.repository.js';
import { StorageUsage } from './storage-usage.service.js';

/** Where files lie, and how much of it belongs to whom. */
@Module({
  imports: [LooseObjectsModule],
  providers: [SandboxQuota, StorageUsageRepository, StorageUsage],
  exports: [LooseObjectsModule, StorageUsage],
})
export class FileStorageModule {}
