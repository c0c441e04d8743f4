import { Module } from '@nestjs/common';
import { RedactionModule } from '../../redaction/index.js';
import { ChatScopes } from './chat-scopes.service.js';
import { ConversationsRepository } from './conversations.repository.js';
import { Conversations } from './conversations.service.js';
import { ProjectConversations } from './project-conversations.js';
import { Shield } from './shield.service.js';
import { ShieldKeysRepository } from './shield-keys.repository.js';
import { ShieldKeys } from './shield-keys.service.js';
import { UnusedConversations } from './unused-conversations.sweeper.js';

/** What stands between requests and model servers. */
@Module({
  imports: [RedactionModule],
  providers: [
    ChatScopes,
    Conversations,
    ConversationsRepository,
    ProjectConversations,
    Shield,
    ShieldKeys,
    ShieldKeysRepository,
    UnusedConversations,
  ],
  exports: [Shield, ShieldKeys, Conversations],
})
export class ShieldModule {}
