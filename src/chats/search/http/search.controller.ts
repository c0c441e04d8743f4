import { Controller, Get, Query } from '@nestjs/common';
import { invalidField } from '../../../platform/errors/app-error.js';
import { CoreOperation } from '../../../platform/http/core-operation.decorator.js';
import { parseDateRange } from '../../../platform/http/date-range.js';
import { listEnvelope, listingOf } from '../../../platform/http/listing.js';
import { type Caller, CurrentCaller } from '../../../platform/http/request-context.js';
import { type ChatHit, ChatSearch } from '../chat-search.service.js';
import { termsOf } from '../search-query.js';
import { type ChatHitDto, ChatHitListDto, SearchChatsQuery } from './search.dto.js';

@Controller('_core/chats/search')
export class ChatSearchController {
  constructor(private readonly search: ChatSearch) {}

  @Get()
  @CoreOperation({
    id: 'chats.searchChats',
    access: 'chat:read',
    success: { status: 200, type: ChatHitListDto },
    errors: [400],
    audit: 'chat.read',
  })
  async searchChats(
    @CurrentCaller() caller: Caller,
    @Query() query: SearchChatsQuery,
  ): Promise<ChatHitListDto> {
    const { q, archived, project_id: projectId, created_after, created_before } = query;
    const terms = termsOf(q);
    if (terms.length === 0) throw invalidField('q', 'word', "'q' must have at least one word.");
    const range = parseDateRange(['created_after', created_after], ['created_before', created_before]);
    const listing = listingOf(query);
    const hits = await this.search.search(caller, terms, { ...range, archived, projectId }, listing);
    const { total: _, ...page } = listEnvelope({ ...hits, total: 0 }, listing, presentHit);
    return { ...page, has_more: hits.next !== undefined, unreadable: hits.unreadable };
  }
}

const presentHit = ({ chat, snippets }: ChatHit): ChatHitDto => ({
  id: chat.id,
  title: chat.title,
  archived: chat.archivedAt !== null,
  created_at: chat.createdAt.toISOString(),
  updated_at: chat.updatedAt.toISOString(),
  snippets: snippets.map(({ messageId, text, highlights }) => ({
    message_id: messageId,
    text,
    highlights: highlights.map(({ start, end }) => ({ start, end })),
  })),
});
