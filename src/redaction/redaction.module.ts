import { join } from 'node:path';
import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { packageRoot } from '../platform/config/package-root.js';
import { sealedTexts } from '../platform/erasure/sealed-texts.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { BatchService } from './batch.service.js';
import { BatchDocuments } from './batch-documents.service.js';
import { BatchSealer } from './batches/batch.sealer.js';
import { BatchChunkHandler } from './batches/batch-chunk.handler.js';
import { BatchEnd } from './batches/batch-end.js';
import { BatchIntake } from './batches/batch-intake.service.js';
import { BatchPreparation } from './batches/batch-preparation.service.js';
import { BatchRemoval } from './batches/batch-removal.service.js';
import { BatchRowsRepository } from './batches/batch-rows.repository.js';
import { BatchesRepository } from './batches/batches.repository.js';
import { BatchesService } from './batches/batches.service.js';
import { ExpiredBatches } from './batches/expired-batches.sweeper.js';
import { BackgroundBatches } from './batches/http/background-batches.js';
import { BatchJobType } from './batches/http/batch.job-type.js';
import { BatchesController } from './batches/http/batches.controller.js';
import { DocumentRedactionModule } from './document-redaction.module.js';
import { warmTagger } from './engine/names/tagger/named-entities.js';
import { DocumentSearchModule } from './erasures/document-search.module.js';
import { ValuePrintsModule } from './erasures/value-prints.module.js';
import { TextController } from './http/text.controller.js';
import { TextOperations } from './http/text-operations.js';
import { KnownSecretsModule } from './known-secrets.module.js';
import { ModelModule } from './model/model.module.js';
import { PreviewsModule } from './previews/previews.module.js';
import { Protector } from './protector.service.js';
import { RedactedArchiveModule } from './redacted-archive/redacted-archive.module.js';
import { REDACTION_TEXTS } from './redaction-texts.js';
import { RedactionsModule } from './redactions/redactions.module.js';
import { ResourcesModule } from './resources/resources.module.js';
import { SEARCH_PROGRAM, SearchThreads } from './search/search-threads.service.js';
import { PrivacyBudgetsRepository } from './statistics/privacy-budgets.repository.js';
import { PrivacyBudgets } from './statistics/privacy-budgets.service.js';
import { PrivacyLedgers } from './statistics/privacy-ledgers.service.js';
import { StatisticsService } from './statistics/statistics.service.js';
import { TextService } from './text.service.js';
import { TextSearches } from './text-search.service.js';
import { TextSettings } from './text-settings.service.js';
import { TokensModule } from './tokens/tokens.module.js';

/** Batches that workers process. */
const BACKGROUND = [
  BackgroundBatches,
  BatchChunkHandler,
  BatchEnd,
  BatchesRepository,
  BatchesService,
  BatchIntake,
  BatchJobType,
  BatchPreparation,
  BatchRemoval,
  BatchRowsRepository,
  BatchSealer,
  ExpiredBatches,
];

/** Tables released as a whole. */
const STATISTICS = [PrivacyBudgets, PrivacyBudgetsRepository, PrivacyLedgers, StatisticsService];

/** Finding and removing personal data. */
@Module({
  imports: [
    DocumentRedactionModule,
    DocumentSearchModule,
    KnownSecretsModule,
    ModelModule,
    PreviewsModule,
    RedactedArchiveModule,
    RedactionsModule,
    ResourcesModule,
    TokensModule,
    ValuePrintsModule,
  ],
  controllers: [TextController, BatchesController],
  providers: [
    TextSearches,
    TextService,
    TextSettings,
    Protector,
    SearchThreads,
    {
      provide: SEARCH_PROGRAM,
      useFactory: () => join(packageRoot(), 'dist', 'redaction', 'search', 'worker.js'),
    },
    BatchDocuments,
    BatchService,
    TextOperations,
    ...BACKGROUND,
    ...STATISTICS,
    sealedTexts(...REDACTION_TEXTS),
    tenantDirectory('batch', 'batches', { project: 'project_id' }),
  ],
  exports: [DocumentRedactionModule, ResourcesModule, TokensModule, TextOperations, TextSearches],
})
export class RedactionModule implements OnApplicationBootstrap {
  /** The first request should not wait for the lexicon. */
  onApplicationBootstrap(): void {
    warmTagger();
  }
}
