import type { PageLine } from './page-lines.js';

/** Fewer pages do not tell what is on each of them by intent. */
const LEAST_PAGES = 4;
const LEAST_SHARE = 0.6;
/** Lines from the upper and from the lower edge of the text that may be headers and footers. */
const EDGE_LINES = 2;
/** In points: places that are this close are one. */
const SAME_PLACE = 3;
const NUMBER = /\d+/g;
const SAYS_SOMETHING = /\p{L}/u;
/** `Page 3 of 12`, of whatever language. */
const PAGE_OF_PAGES = /^(?=.{0,40}$)\P{L}*\p{L}{0,8}\P{L}*#\s*(?:\p{L}{1,8}|\/)\s*#\P{L}*$/u;

interface Place {
  readonly page: number;
  readonly line: PageLine;
}

/**
 * The lines of pages without headers, footers and page numbers: what stands at the same place of most pages and says the
 * same, or counts the pages. Of what has letters the first one stays, so that no word is lost.
 */
export function withoutRunningLines(pages: readonly (readonly PageLine[])[]): (readonly PageLine[])[] {
  const most = pages.filter((lines) => lines.length > 0).length;
  const left = new Set<PageLine>();
  for (const [key, group] of most < LEAST_PAGES ? [] : edgeGroups(pages)) {
    const pattern = key.slice(key.indexOf(' ') + 1);
    const isUpper = key.startsWith('upper');
    const running = group.length < most * LEAST_SHARE ? [] : runningIn(group, pattern, isUpper);
    if (running.length < most * LEAST_SHARE) continue;
    const isSaid = SAYS_SOMETHING.test(pattern) && !PAGE_OF_PAGES.test(pattern);
    for (const { line } of isSaid ? running.slice(1) : running) left.add(line);
  }
  return pages.map((lines) => lines.filter((line) => !left.has(line)));
}

/** Lines at the edges of pages by their place and what they say but for numbers: `upper250 Page #`. */
function edgeGroups(pages: readonly (readonly PageLine[])[]): Map<string, Place[]> {
  const groups = new Map<string, Place[]>();
  for (const [page, lines] of pages.entries()) {
    const heights = [...new Set(lines.map(({ y }) => Math.round(y)))].sort((a, b) => a - b);
    const low = heights[EDGE_LINES - 1] ?? Number.NEGATIVE_INFINITY;
    const high = heights.at(-EDGE_LINES) ?? Number.NEGATIVE_INFINITY;
    for (const line of lines) {
      const isUpper = Math.round(line.y) >= high;
      if (!isUpper && Math.round(line.y) > low) continue;
      const place = `${isUpper ? 'upper' : 'lower'}${Math.round(line.y / SAME_PLACE)}`;
      const key = `${place} ${line.text.replaceAll(NUMBER, '#')}`;
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      // A second line of the same text beside the first one is a row of a table.
      if (group.at(-1)?.page !== page) group.push({ page, line });
    }
  }
  return groups;
}

/** The lines whose numbers are the same on most pages, or go up with them; others of the same words are no headers. */
function runningIn(group: readonly Place[], pattern: string, isUpper: boolean): Place[] {
  // `Week 3` above the plan of that week is its title.
  const mayCount = !isUpper || !SAYS_SOMETHING.test(pattern) || PAGE_OF_PAGES.test(pattern);
  const numbers = group.map(({ line }) => line.text.match(NUMBER)?.map(Number) ?? []);
  const isKept = numbers.map(() => true);
  for (const at of numbers[0]?.keys() ?? []) {
    const values = numbers.map((others) => others[at] ?? 0);
    const offsets = values.map((value, index) => value - (group[index]?.page ?? 0));
    const [same, counted] = [mostFrequent(values), mostFrequent(offsets)];
    const [chosen, usual] = mayCount && counted.count > same.count ? [offsets, counted] : [values, same];
    for (const [index, value] of chosen.entries()) if (value !== usual.value) isKept[index] = false;
  }
  return group.filter((_, index) => isKept[index]);
}

function mostFrequent(values: readonly number[]): { readonly value: number; readonly count: number } {
  const counts = new Map<number, number>();
  let most = { value: Number.NaN, count: 0 };
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > most.count) most = { value, count };
  }
  return most;
}
