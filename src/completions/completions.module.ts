import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { KnowledgeModule } from '../knowledge/index.js';
import { ProjectsModule } from '../projects/index.js';
import { EmbeddingsModule } from './embeddings/embeddings.module.js';
import { ExtractiveModule } from './extractive/extractive.module.js';
import { CompletionLookUps } from './gateway/completion-look-ups.service.js';
import { CompletionPlanner } from './gateway/completion-planner.service.js';
import { CompletionProjects } from './gateway/completion-projects.service.js';
import { CompletionsService } from './gateway/completions.service.js';
import { CompletionPreviews } from './gateway/previews.service.js';
import { RequestMaterials } from './gateway/request-materials.service.js';
import { StoredChats } from './gateway/stored-chats.service.js';
import { Transcripts } from './gateway/transcripts.service.js';
import { Grounding } from './grounding/grounding.service.js';
import { ChatOperations } from './http/chat-operations.js';
import { PreviewsController } from './http/previews.controller.js';
import { ModelsModule } from './models/models.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { ReceiptsModule } from './receipts/receipts.module.js';
import { ShieldModule } from './shield/shield.module.js';
import { ToolArguments } from './tools/tool-arguments.service.js';
import { ToolLoop } from './tools/tool-loop.service.js';
import { ToolOffers } from './tools/tool-offers.service.js';
import { UpstreamsModule } from './upstreams/upstreams.module.js';

/** Answers of language models that never learn whom they talk about. */
@Module({
  imports: [
    DiscoveryModule,
    EmbeddingsModule,
    ExtractiveModule,
    KnowledgeModule,
    ModelsModule,
    PoliciesModule,
    ProjectsModule,
    ReceiptsModule,
    ShieldModule,
    UpstreamsModule,
  ],
  controllers: [PreviewsController],
  providers: [
    ChatOperations,
    CompletionLookUps,
    CompletionPlanner,
    CompletionPreviews,
    CompletionProjects,
    CompletionsService,
    Grounding,
    RequestMaterials,
    StoredChats,
    ToolArguments,
    ToolLoop,
    ToolOffers,
    Transcripts,
  ],
  exports: [ChatOperations, CompletionProjects, CompletionsService, ModelsModule, ShieldModule, Transcripts],
})
export class CompletionsModule {}
