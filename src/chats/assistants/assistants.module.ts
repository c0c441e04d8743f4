import { Module } from '@nestjs/common';
import { CompletionsModule } from '../../completions/index.js';
import { KnowledgeModule } from '../../knowledge/index.js';
import { tenantDirectory } from '../../platform/http/tenant-directory.js';
import { LibraryModule } from '../library/library.module.js';
import { ToolsModule } from '../tools/tools.module.js';
import { AssistantBindingsRepository } from './assistant-bindings.repository.js';
import { AssistantChangesService } from './assistant-changes.service.js';
import { AssistantsService } from './assistants.service.js';
import { AssistantOperations } from './http/assistant-operations.js';
import { AssistantsController } from './http/assistants.controller.js';
import { KeptAssistants } from './kept-assistants.service.js';

/** Models with instructions, parameters, knowledge and tools of their own. */
@Module({
  imports: [CompletionsModule, KnowledgeModule, LibraryModule, ToolsModule],
  controllers: [AssistantsController],
  providers: [
    AssistantBindingsRepository,
    AssistantChangesService,
    AssistantOperations,
    AssistantsService,
    KeptAssistants,
    tenantDirectory('asst', 'assistants'),
  ],
})
export class AssistantsModule {}
