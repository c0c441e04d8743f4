import { NumberField } from '../../platform/http/fields.js';
import { type Listing, listingOf } from '../../platform/http/listing.js';

/** KeyNest's pages have one size. */
const PAGE_SIZE = 20;

/** The one parameter of KeyNest's lists beside their filters. */
export class KeynestListQuery {
  @NumberField({ integer: true, minimum: 1, maximum: 1_000_000, default: 1, optional: true })
  page = 1;
}

/** A page of KeyNest's as repositories take it: newest first. */
export const keynestListing = ({ page }: KeynestListQuery): Listing =>
  listingOf({ page, page_size: PAGE_SIZE });
