import { Module } from '@nestjs/common';
import { tenantDirectory } from '../../platform/http/tenant-directory.js';
import { ConfigSealer } from './config-sealer.service.js';
import { ResourceOperations } from './http/resource-operations.js';
import { ResourceVersionsController } from './http/resource-versions.controller.js';
import { ResourcesController } from './http/resources.controller.js';
import { PoliciesService } from './policies.service.js';
import { ResourceChangesService } from './resource-changes.service.js';
import { ResourceVersionsRepository } from './resource-versions.repository.js';
import { ResourceVersionsService } from './resource-versions.service.js';
import { ResourcesRepository } from './resources.repository.js';
import { ResourcesService } from './resources.service.js';

/** Redaction policies: what they say, every version of it, and their use by other operations. */
@Module({
  controllers: [ResourcesController, ResourceVersionsController],
  providers: [
    ConfigSealer,
    PoliciesService,
    ResourceChangesService,
    ResourceOperations,
    ResourcesRepository,
    ResourcesService,
    ResourceVersionsRepository,
    ResourceVersionsService,
    tenantDirectory('res', 'resources'),
  ],
  exports: [PoliciesService, ResourceOperations],
})
export class ResourcesModule {}
