import { Module } from '@nestjs/common';
import { OrganizationsModule } from '../../organizations/index.js';
import { EgressModule } from '../../platform/egress/egress.module.js';
import { tenantDirectory } from '../../platform/http/tenant-directory.js';
import { SecretsModule } from '../../secrets/index.js';
import { ArgumentChecks } from './argument-checks.service.js';
import { ToolOperations } from './http/tool-operations.js';
import { ToolsController } from './http/tools.controller.js';
import { OrganizationTools } from './organization-tools.service.js';
import { ToolChanges } from './tool-changes.service.js';
import { ToolRuns } from './tool-runs.service.js';
import { ToolSealer } from './tool-sealer.service.js';
import { ToolSecretsReader } from './tool-secrets.service.js';
import { ToolsRepository } from './tools.repository.js';
import { ToolsService } from './tools.service.js';

/** What models may have done: functions that this server calls for them, at servers that people have named. */
@Module({
  imports: [EgressModule, OrganizationsModule, SecretsModule],
  controllers: [ToolsController],
  providers: [
    ArgumentChecks,
    OrganizationTools,
    ToolChanges,
    ToolOperations,
    ToolRuns,
    ToolSealer,
    ToolSecretsReader,
    ToolsRepository,
    ToolsService,
    tenantDirectory('tool', 'tools'),
  ],
  exports: [ToolsService],
})
export class ToolsModule {}
