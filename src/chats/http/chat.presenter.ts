import type { Chat } from '../chat.js';
import type { Message } from '../messages/message.js';
import type { ChatShare } from '../shares/chat-share.js';
import type { ChatDto, ChatShareDto, MessageDto } from './chat.dto.js';

export const presentChat = (chat: Chat): ChatDto => ({
  id: chat.id,
  title: chat.title,
  model: chat.model,
  project_id: chat.projectId,
  owner_id: chat.userId,
  archived: chat.archivedAt !== null,
  shared: chat.shareCount > 0,
  message_count: chat.messageCount,
  current_message_id: chat.currentMessageId,
  version: chat.version,
  created_at: chat.createdAt.toISOString(),
  updated_at: chat.updatedAt.toISOString(),
  ...(chat.isUnreadable && { unreadable: true }),
});

export const presentMessage = (message: Message): MessageDto => ({
  id: message.id,
  chat_id: message.chatId,
  parent_id: message.parentId,
  role: message.role,
  content: message.content,
  ...(message.toolCalls && { tool_calls: [...message.toolCalls] }),
  ...(message.toolCallId !== undefined && { tool_call_id: message.toolCallId }),
  ...(message.citations && { citations: [...message.citations] }),
  model: message.model ?? null,
  complete: message.isComplete,
  receipt_id: message.receiptId,
  created_at: message.createdAt.toISOString(),
  ...(message.isUnreadable && { unreadable: true }),
});

export const presentShare = (share: ChatShare): ChatShareDto => ({
  id: share.id,
  chat_id: share.chatId,
  user_id: share.userId,
  created_by: share.createdBy,
  created_at: share.createdAt.toISOString(),
});
