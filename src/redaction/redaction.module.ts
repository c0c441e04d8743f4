import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { BatchService } from './batch.service.js';
import { warmLexicon } from './engine/names/lexicon.js';
import { TextController } from './http/text.controller.js';
import { TextOperations } from './http/text-operations.js';
import { TextService } from './text.service.js';

/** Finding and removing personal data. */
@Module({
  controllers: [TextController],
  providers: [TextService, BatchService, TextOperations],
  exports: [TextOperations],
})
export class RedactionModule implements OnApplicationBootstrap {
  /** The first request should not wait for the lexicon. */
  onApplicationBootstrap(): void {
    warmLexicon();
  }
}
