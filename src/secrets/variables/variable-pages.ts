import { isoTextOf } from '../../platform/http/iso-text.js';
import { listedOf } from '../../platform/http/listed.js';
import type { Listed, Listing } from '../../platform/http/listing.js';
import { type SeenVariable, seen } from './seen-variable.js';
import type { Variable } from './variable.js';
import { isFound, type VariableFilter } from './variable-filter.js';

/** Which variables somebody asks for, and what they may see of them. */
export interface PageRequest {
  readonly filter: VariableFilter;
  readonly listing: Listing;
  readonly reveals: boolean;
}

/** Most pages of one environment that are remembered. */
const MOST_PAGES = 50;

const byCreation = ({ createdAt }: Variable): string => isoTextOf(createdAt);

const SORT: Readonly<Record<string, (variable: Variable) => string>> = {
  created_at: byCreation,
  updated_at: ({ updatedAt }) => isoTextOf(updatedAt),
  key: ({ key }) => key,
};

/** Pages of opened environments. The same page of the same variables is made once, and goes when they are let go. */
export class VariablePages {
  private readonly known = new WeakMap<readonly Variable[], Map<string, Listed<SeenVariable>>>();

  get(variables: readonly Variable[], request: PageRequest): Listed<SeenVariable> {
    const pages = this.known.get(variables) ?? new Map<string, Listed<SeenVariable>>();
    this.known.set(variables, pages);
    const name = JSON.stringify(request);
    const page = pages.get(name) ?? pageOf(variables, request);
    if (pages.size >= MOST_PAGES) pages.clear();
    pages.set(name, page);
    return page;
  }
}

function pageOf(
  variables: readonly Variable[],
  { filter, listing, reveals }: PageRequest,
): Listed<SeenVariable> {
  const found = variables.filter((variable) => isFound(variable, filter));
  const { rows, ...rest } = listedOf(found, listing, SORT[listing.sort] ?? byCreation);
  return { ...rest, rows: rows.map((variable) => seen(variable, reveals)) };
}
