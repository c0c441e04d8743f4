import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { packageRoot } from '../platform/config/package-root.js';
import { DocumentPolicies } from './document-policies.service.js';
import { DOCUMENT_PROGRAM, DocumentProcesses } from './documents/process/document-processes.service.js';
import { KnownSecretsModule } from './known-secrets.module.js';
import { ResourcesModule } from './resources/resources.module.js';

/** What works on documents has in common: their policies, and the processes that handle them. */
@Module({
  imports: [KnownSecretsModule, ResourcesModule],
  providers: [
    DocumentPolicies,
    DocumentProcesses,
    {
      provide: DOCUMENT_PROGRAM,
      useFactory: () => join(packageRoot(), 'dist', 'redaction', 'documents', 'process', 'child.js'),
    },
  ],
  exports: [DocumentPolicies, DocumentProcesses, KnownSecretsModule],
})
export class DocumentRedactionModule {}
