import type { Type } from '@nestjs/common';
import { OmitType } from '@nestjs/swagger';
import { copyFields } from '../../platform/http/field-registry.js';
import { NumberField } from '../../platform/http/fields.js';
import type { ListQuery } from '../../platform/http/listing.js';

/** A core list's query in Platform's words: what the core calls `page_size` is `per_page` here. */
type PerPage<Query extends ListQuery> = Omit<Query, 'page_size'> & { per_page: number };

/**
 * The class of a core list's query with `per_page` instead of `page_size`: filters and sort names are the core's, so
 * that they cannot drift apart.
 */
export function perPage<Query extends ListQuery>(core: Type<Query>): Type<PerPage<Query>> {
  const Renamed: Type = OmitType(core as Type<ListQuery>, ['page_size']);
  copyFields(core, Renamed, ['page_size']);

  class PerPageQuery extends Renamed {
    @NumberField({ integer: true, minimum: 1, default: 20, optional: true })
    per_page = 20;
  }
  return PerPageQuery as Type<PerPage<Query>>;
}

/** The query as the core's operations take it. */
export const inCoreWords = <Query extends { per_page: number }>({ per_page, ...query }: Query) => ({
  ...query,
  page_size: per_page,
});
