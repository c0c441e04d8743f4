import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { sealedTexts } from '../platform/erasure/sealed-texts.js';
import { Tenancy } from '../platform/http/tenancy.service.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { ProjectsModule } from '../projects/index.js';
import { EnvironmentChangesService } from './environments/environment-changes.service.js';
import { EnvironmentNewsWriter } from './environments/environment-news.service.js';
import { EnvironmentReadings } from './environments/environment-readings.service.js';
import { EnvironmentTexts } from './environments/environment-texts.service.js';
import { EnvironmentsRepository } from './environments/environments.repository.js';
import { EnvironmentsService } from './environments/environments.service.js';
import { EnvironmentOperations } from './environments/http/environment-operations.js';
import { EnvironmentsController } from './environments/http/environments.controller.js';
import { ProjectEnvironmentsController } from './environments/http/project-environments.controller.js';
import { ErasableSecrets } from './erasable-secrets.service.js';
import { DestroyedVersions } from './history/destroyed-versions.service.js';
import { DiffsService } from './history/diffs.service.js';
import { EnvironmentHistoryController } from './history/http/environment-history.controller.js';
import { HistoryOperations } from './history/http/history-operations.js';
import { VariableVersionsController } from './history/http/variable-versions.controller.js';
import { OpenedVersions } from './history/opened-versions.service.js';
import { PastEnvironments } from './history/past-environments.service.js';
import { RestorePlans } from './history/restore-plans.service.js';
import { RestoresService } from './history/restores.service.js';
import { RevisionsRepository } from './history/revisions.repository.js';
import { VersionDestruction } from './history/version-destruction.service.js';
import { VersionsService } from './history/versions.service.js';
import { ProjectEnvironments } from './project-environments.js';
import { SECRET_TEXTS } from './secret-texts.js';
import { BulkSettingsService } from './transfer/bulk-settings.service.js';
import { ComparisonsService } from './transfer/comparisons.service.js';
import { CopiesService } from './transfer/copies.service.js';
import { EnvironmentReach } from './transfer/environment-reach.service.js';
import { ExportHeaders } from './transfer/export-headers.service.js';
import { ExportsService } from './transfer/exports.service.js';
import { TransferController } from './transfer/http/transfer.controller.js';
import { TransferOperations } from './transfer/http/transfer-operations.js';
import { TransferReading } from './transfer/http/transfer-reading.js';
import { ImportsService } from './transfer/imports.service.js';
import { LinkedEnvironmentsRepository } from './transfer/linked-environments.repository.js';
import { LinkedEnvironments } from './transfer/linked-environments.service.js';
import { ReferencesService } from './transfer/references.service.js';
import { SecretLinks } from './transfer/secret-links.service.js';
import { DuplicatesService } from './upkeep/duplicates.service.js';
import { DuplicatesController } from './upkeep/http/duplicates.controller.js';
import { UpkeepOperations } from './upkeep/http/upkeep-operations.js';
import { RotationSweeper } from './upkeep/rotation.sweeper.js';
import { RotationReminders } from './upkeep/rotation-reminders.service.js';
import { RotationsRepository } from './upkeep/rotations.repository.js';
import { BulkChangesService } from './variables/bulk-changes.service.js';
import { EnvironmentVariables } from './variables/environment-variables.service.js';
import { EnvironmentVariablesController } from './variables/http/environment-variables.controller.js';
import { VariableOperations } from './variables/http/variable-operations.js';
import { VariableReading } from './variables/http/variable-reading.js';
import { VariablesController } from './variables/http/variables.controller.js';
import { OpenedEnvironments } from './variables/opened-environments.service.js';
import { VariableChangesService } from './variables/variable-changes.service.js';
import { VariableNews } from './variables/variable-news.service.js';
import { VariableOpener } from './variables/variable-opener.service.js';
import { VariableRows } from './variables/variable-rows.service.js';
import { VariableSummariesRepository } from './variables/variable-summaries.repository.js';
import { VariableVersionsRepository } from './variables/variable-versions.repository.js';
import { VariableWriter } from './variables/variable-writer.service.js';
import { VariableWrites } from './variables/variable-writes.service.js';
import { VariablesRepository } from './variables/variables.repository.js';
import { VariablesService } from './variables/variables.service.js';
import { VersionPreparation } from './variables/version-preparation.service.js';
import { VaultModule } from './vault/vault.module.js';

/** Environments and their variables: what applications keep secret. */
@Module({
  imports: [DiscoveryModule, ProjectsModule, VaultModule],
  controllers: [
    DuplicatesController,
    TransferController,
    EnvironmentHistoryController,
    EnvironmentVariablesController,
    EnvironmentsController,
    ProjectEnvironmentsController,
    VariableVersionsController,
    VariablesController,
  ],
  providers: [
    HistoryOperations,
    VariableReading,
    VariableOperations,
    EnvironmentOperations,
    BulkChangesService,
    BulkSettingsService,
    ComparisonsService,
    CopiesService,
    DestroyedVersions,
    ErasableSecrets,
    DuplicatesService,
    EnvironmentReach,
    EnvironmentChangesService,
    EnvironmentNewsWriter,
    EnvironmentReadings,
    EnvironmentTexts,
    EnvironmentVariables,
    EnvironmentsRepository,
    EnvironmentsService,
    ExportHeaders,
    ExportsService,
    ImportsService,
    LinkedEnvironments,
    LinkedEnvironmentsRepository,
    OpenedEnvironments,
    ProjectEnvironments,
    ReferencesService,
    RevisionsRepository,
    RotationReminders,
    RotationSweeper,
    RotationsRepository,
    SecretLinks,
    Tenancy,
    TransferOperations,
    TransferReading,
    UpkeepOperations,
    VersionsService,
    VersionDestruction,
    RestoresService,
    RestorePlans,
    PastEnvironments,
    OpenedVersions,
    DiffsService,
    VariableChangesService,
    VariableNews,
    VariableOpener,
    VariableRows,
    VariableSummariesRepository,
    VariableVersionsRepository,
    VariableWriter,
    VariableWrites,
    VariablesRepository,
    VariablesService,
    VersionPreparation,
    sealedTexts(...SECRET_TEXTS),
    tenantDirectory('env', 'environments', { project: 'project_id', numbered: true }),
    tenantDirectory('var', 'variables', { project: 'project_id', numbered: true }),
  ],
  exports: [
    EnvironmentChangesService,
    EnvironmentVariables,
    EnvironmentsService,
    ExportsService,
    ImportsService,
    SecretLinks,
    VariableWrites,
    VariablesService,
  ],
})
export class SecretsModule {}
