import type { ListDto } from '../../platform/http/listing.js';
import type { PlatformListMetaDto, PlatformMetaDto } from './platform-envelope.dto.js';

/** One thing in Platform's envelope. @param at when the answer was made; of a repeated answer, the first time */
export const platformSingle = <T>(
  data: T,
  at: Date,
): { status: 'success'; data: T; meta: PlatformMetaDto } => ({
  status: 'success',
  data,
  meta: { timestamp: at.toISOString() },
});

/** A core list in Platform's envelope. A list that was continued by cursor has no page number. */
export function platformList<T>(
  { data, total, page, page_size, next_cursor }: ListDto & { readonly data: T[] },
  query: { readonly cursor?: string },
): { status: 'success'; data: T[]; meta: PlatformListMetaDto } {
  const continued = query.cursor !== undefined;
  const meta = {
    page: continued ? null : page,
    per_page: page_size,
    total_items: total,
    total_pages: Math.ceil(total / page_size),
    has_next: next_cursor !== null,
    has_previous: continued || page > 1,
    next_cursor,
  };
  return { status: 'success', data, meta };
}
