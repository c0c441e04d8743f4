import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { UsersModule } from '../../accounts/index.js';
import { OrganizationsModule } from '../../organizations/index.js';
import { sealedTexts } from '../../platform/erasure/sealed-texts.js';
import { tenantDirectory } from '../../platform/http/tenant-directory.js';
import type { TaskDefinition } from '../../platform/queue/task-definition.js';
import { AUDIT_TEXTS } from './audit-texts.js';
import { DeletedProjects } from './deleted-projects.consumer.js';
import { DestroyedSecrets } from './destroyed-secrets.consumer.js';
import { Destructions } from './destructions.service.js';
import { DocumentReportsRepository } from './document-reports.repository.js';
import { DocumentSearches } from './document-searches.service.js';
import { EndedOrganizations } from './ended-organizations.sweeper.js';
import { ErasableAuditDetails } from './erasable-audit-details.service.js';
import { ErasedDetailsRepository } from './erased-details.repository.js';
import { ErasedPeopleRepository } from './erased-people.repository.js';
import { ErasedPeople } from './erased-people.service.js';
import { ErasureHandler } from './erasure.handler.js';
import { ERASURE } from './erasure.task.js';
import { ErasureCompletion } from './erasure-completion.service.js';
import { ErasureEndings } from './erasure-endings.js';
import { ErasureLedgerModule } from './erasure-ledger.module.js';
import { ErasureOpener } from './erasure-opener.service.js';
import { ErasureOrders, ErasureRehearsals } from './erasure-orders.service.js';
import { ErasureReapplication } from './erasure-reapplication.service.js';
import { ErasureRuns } from './erasure-run.service.js';
import { ErasuresService } from './erasures.service.js';
import { ErasureOperations } from './http/erasure-operations.js';
import { ErasuresController } from './http/erasures.controller.js';
import { LeftSearches } from './left-searches.sweeper.js';
import { ReappliedErasures } from './reapplied-erasures.sweeper.js';
import { RememberedValues } from './remembered-values.service.js';

/** Erasing people and values for good, and keeping restored databases from bringing them back; of API and worker processes. */
@Module({
  imports: [DiscoveryModule, ErasureLedgerModule, OrganizationsModule, UsersModule],
  controllers: [ErasuresController],
  providers: [
    DeletedProjects,
    DestroyedSecrets,
    Destructions,
    DocumentReportsRepository,
    DocumentSearches,
    EndedOrganizations,
    ErasableAuditDetails,
    ErasedDetailsRepository,
    ErasedPeople,
    ErasedPeopleRepository,
    ErasureCompletion,
    ErasureEndings,
    ErasureHandler,
    ErasureOpener,
    ErasureOperations,
    ErasureOrders,
    ErasureReapplication,
    ErasureRehearsals,
    ErasureRuns,
    ErasuresService,
    LeftSearches,
    ReappliedErasures,
    RememberedValues,
    sealedTexts(...AUDIT_TEXTS),
    tenantDirectory('erasure', 'erasures'),
  ],
})
export class ErasuresModule {
  /** The kinds of task it does. */
  static readonly TASKS: readonly TaskDefinition[] = [ERASURE];
}
