import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TenantEraser } from './tenant-eraser.js';
import { TenantErasure } from './tenant-erasure.js';
import { TenantErasureRepository } from './tenant-erasure.repository.js';
import { TenantRowsRepository } from './tenant-rows.repository.js';

/** The end of organizations. Global, since they end in several features. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [TenantEraser, TenantErasure, TenantErasureRepository, TenantRowsRepository],
  exports: [TenantErasure],
})
export class TenantsModule {}
