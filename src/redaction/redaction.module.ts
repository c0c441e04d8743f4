import { Module } from '@nestjs/common';
import { BatchService } from './batch.service.js';
import { TextController } from './http/text.controller.js';
import { TextOperations } from './http/text-operations.js';
import { TextService } from './text.service.js';

/** Finding and removing personal data. */
@Module({
  controllers: [TextController],
  providers: [TextService, BatchService, TextOperations],
  exports: [TextOperations],
})
export class RedactionModule {}
