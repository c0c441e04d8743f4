import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CompletionsModule } from '../completions/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { tenantDirectory } from '../platform/http/tenant-directory.js';
import { RedactionModule } from '../redaction/index.js';
import { AssistantsModule } from './assistants/assistants.module.js';
import { ChatChangesService, ChatTitles } from './chat-changes.service.js';
import { ChatNewsWriter } from './chat-news.service.js';
import { ChatRestorer } from './chat-restorer.service.js';
import { ChatSealer } from './chat-sealer.service.js';
import { ChatWalk } from './chat-walk.service.js';
import { ChatsRepository } from './chats.repository.js';
import { ChatsService } from './chats.service.js';
import { ChatErasureModule } from './erasure/chat-erasure.module.js';
import { ChatExports } from './export/chat-exports.service.js';
import { ChatExportsController } from './export/http/chat-exports.controller.js';
import { ChatDesk } from './http/chat-operations.js';
import { ChatsController } from './http/chats.controller.js';
import { MessagesController } from './http/messages.controller.js';
import { TurnDesk } from './http/turn-operations.js';
import { ChatImports } from './import/chat-imports.service.js';
import { ChatImportsController } from './import/http/chat-imports.controller.js';
import { ImportReader } from './import/http/import-reader.service.js';
import { ImportPlanner } from './import/import-plan.service.js';
import { ImportWriter } from './import/import-writer.service.js';
import { Answering } from './messages/answering.service.js';
import { ChatBeginnings } from './messages/chat-beginnings.service.js';
import { MessageDrafts } from './messages/message-drafts.service.js';
import { MessagePages } from './messages/message-pages.service.js';
import { MessagesRepository } from './messages/messages.repository.js';
import { MessagesService } from './messages/messages.service.js';
import { TurnWriter } from './messages/turn-writer.service.js';
import { Turns } from './messages/turns.service.js';
import { OpenedChats } from './opened-chats.service.js';
import { ChatOverseers } from './oversight/chat-overseers.service.js';
import { PromptsModule } from './prompts/prompts.module.js';
import { ChatSearch } from './search/chat-search.service.js';
import { ChatSearchController } from './search/http/search.controller.js';
import { ChatSharesRepository } from './shares/chat-shares.repository.js';
import { ChatShareLists, ChatSharesService } from './shares/chat-shares.service.js';
import { ChatSharesController } from './shares/http/chat-shares.controller.js';
import { OrganizationChats } from './shares/organization-chats.js';
import { ToolsModule } from './tools/tools.module.js';

/** Conversations with models that are kept: as trees of messages which say nothing of anybody without their tokens. */
@Module({
  imports: [
    AssistantsModule,
    ChatErasureModule,
    CompletionsModule,
    DiscoveryModule,
    OrganizationsModule,
    PromptsModule,
    RedactionModule,
    ToolsModule,
  ],
  controllers: [
    ChatSearchController,
    ChatExportsController,
    ChatImportsController,
    ChatsController,
    MessagesController,
    ChatSharesController,
  ],
  providers: [
    Answering,
    ChatBeginnings,
    ChatChangesService,
    ChatDesk,
    ChatExports,
    ChatImports,
    ChatNewsWriter,
    ChatOverseers,
    ChatRestorer,
    ChatSealer,
    ChatSearch,
    ChatShareLists,
    ChatSharesRepository,
    ChatSharesService,
    ChatsRepository,
    ChatsService,
    ChatTitles,
    ChatWalk,
    ImportPlanner,
    ImportReader,
    ImportWriter,
    MessageDrafts,
    MessagePages,
    MessagesRepository,
    MessagesService,
    OpenedChats,
    OrganizationChats,
    TurnDesk,
    Turns,
    TurnWriter,
    tenantDirectory('chat', 'chats', { project: 'project_id' }),
  ],
})
export class ChatsModule {}
