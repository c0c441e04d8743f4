import { Module } from '@nestjs/common';
import { ShieldModule } from '../../completions/index.js';
import { sealedTexts } from '../../platform/erasure/sealed-texts.js';
import { CHAT_TEXTS } from './chat-texts.js';
import { ErasableChats } from './erasable-chats.service.js';
import { ErasedChatsRepository } from './erased-chats.repository.js';

/** What erasures do about chats; of workers too, which have nothing else of chats. */
@Module({
  imports: [ShieldModule],
  providers: [ErasableChats, ErasedChatsRepository, sealedTexts(...CHAT_TEXTS)],
})
export class ChatErasureModule {}
