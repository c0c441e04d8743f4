import { Module } from '@nestjs/common';
import { CompletionsModule } from '../../completions/index.js';
import { tenantDirectory } from '../../platform/http/tenant-directory.js';
import { LibraryModule } from '../library/library.module.js';
import { PromptOperations } from './http/prompt-operations.js';
import { PromptsController } from './http/prompts.controller.js';
import { PromptChangesService } from './prompt-changes.service.js';
import { PromptsService } from './prompts.service.js';

/** Templates of what people often ask, under a command. */
@Module({
  imports: [CompletionsModule, LibraryModule],
  controllers: [PromptsController],
  providers: [PromptChangesService, PromptOperations, PromptsService, tenantDirectory('prompt', 'prompts')],
})
export class PromptsModule {}
