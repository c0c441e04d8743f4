/**
 * The language of forms: `A` a letter, `9` a digit, `*` either, `[…]` some of them; each may be repeated, `{6}` or
 * `{1,3}`. Between runs stand separators: a space, `-`, `/`, `.` or `:` for themselves, `_` for a space, a dash or
 * nothing, `~` for a space or a dash, the same one each time. Letters may be written in either case.
 */
export interface Template {
  /** Matches from its `lastIndex` on. */
  readonly pattern: RegExp;
  /** Whether every sign is a plain digit and none a separator, so that the length says all. */
  readonly plainDigits: boolean;
  readonly openings: readonly Opening[];
}

/** How a form begins: the first run that holds a digit, and how many runs of letters stand before it. */
export interface Opening {
  readonly lead: number;
  /** See `shapeKey`. */
  readonly shape: number;
  /** What must follow behind the run; absent when nothing does. */
  readonly next?: NextRun;
}

/** The separator and the run of letters or digits that a form goes on with. */
export interface NextRun {
  readonly joints: string;
  /** Whether it begins with a digit; undefined when it may begin with either. */
  readonly digit: boolean | undefined;
  readonly min: number;
  readonly max: number;
}

interface Item {
  readonly source: string;
  readonly kind: 'letter' | 'digit' | 'either' | 'separator';
  readonly min: number;
  readonly max: number;
}

interface Run {
  readonly lead: number;
  readonly length: number;
  readonly beginsWithDigit: boolean;
  readonly endsWithDigit: boolean;
  readonly changes: number;
  readonly hasDigit: boolean;
}

export const LONGEST_RUN = 64;
const MOST_CHANGES = 7;
const EMPTY: Run = {
  lead: 0,
  length: 0,
  beginsWithDigit: false,
  endsWithDigit: false,
  changes: 0,
  hasDigit: false,
};
const ITEM = /(\[[^\]]+\]|.)(?:\{(\d+)(?:,(\d+))?\})?/gsu;

/** Number of a run's shape: its length, what it begins with, and how often letters and digits change. */
export function shapeKey(length: number, beginsWithDigit: boolean, changes: number): number {
  return length * 16 + (beginsWithDigit ? 8 : 0) + Math.min(changes, MOST_CHANGES);
}

export function readTemplate(template: string): Template {
  const items = [...template.matchAll(ITEM)].map(readItem);
  const source = items.map(sourceOf).join('').replace('([ -])', '(?<joint>[ -])');
  return {
    pattern: new RegExp(source, 'iy'),
    plainDigits: items.every((item) => item.source === '\\d'),
    openings: openingsOf(items),
  };
}

function readItem([, sign = '', min, max]: RegExpMatchArray): Item {
  const least = min === undefined ? 1 : Number(min);
  const repeats = { min: least, max: max === undefined ? least : Number(max) };
  if (sign === '9') return { source: '\\d', kind: 'digit', ...repeats };
  if (sign === 'A') return { source: '[A-Z]', kind: 'letter', ...repeats };
  if (sign === '*') return { source: '[A-Z0-9]', kind: 'either', ...repeats };
  if (sign === '_') return { source: '[ -]', kind: 'separator', min: 0, max: 1 };
  if (sign === '~') return { source: '~', kind: 'separator', ...repeats };
  if (/^[ /.:-]$|^\[[ +/.:-]+\]$/.test(sign))
    return { source: sign.replace(/^[^[]$/, '[$&]'), kind: 'separator', ...repeats };
  return { source: sign, kind: kindOf(sign), ...repeats };
}

function kindOf(sign: string): Item['kind'] {
  const inside = sign.replace(/^\[/, '');
  const letters = /\p{L}/u.test(inside);
  if (/\d/.test(inside)) return letters ? 'either' : 'digit';
  return 'letter';
}

function sourceOf({ source, min, max }: Item, index: number, items: readonly Item[]): string {
  if (source === '~')
    return items.findIndex((item) => item.source === '~') === index ? '([ -])' : '\\k<joint>';
  return min === 1 && max === 1 ? source : `${source}{${min},${max}}`;
}

/** All openings, found by walking through the items with every number of repetitions. */
function openingsOf(items: readonly Item[]): Opening[] {
  const openings = new Map<string, Opening>();
  const note = (run: Run, next?: NextRun): void => {
    const shape = shapeKey(run.length, run.beginsWithDigit, run.changes);
    const opening = { lead: run.lead, shape, ...(next !== undefined && { next }) };
    openings.set(JSON.stringify(opening), opening);
  };
  let runs = new Map([[JSON.stringify(EMPTY), EMPTY]]);
  for (const [index, item] of items.entries()) {
    const next = item.kind === 'separator' ? nextRun(items, index) : undefined;
    runs = distinct([...runs.values()].flatMap((run) => after(run, item, (reached) => note(reached, next))));
  }
  for (const run of runs.values()) note(run);
  return [...openings.values()];
}

function nextRun(items: readonly Item[], separator: number): NextRun {
  let [min, max] = [0, 0];
  let mayEnd = false;
  for (const item of items.slice(separator + 1)) {
    if (item.kind === 'separator') {
      mayEnd = true;
      if (item.min > 0) break;
    } else {
      if (!mayEnd) min += item.min;
      max += item.max;
    }
  }
  const [kind, optional] = [items[separator + 1]?.kind, items[separator + 1]?.min === 0];
  const source = items[separator]?.source ?? '';
  return {
    joints: source === '~' ? ' -' : source.slice(1, -1),
    digit: kind === 'either' || optional ? undefined : kind === 'digit',
    min,
    max,
  };
}

function distinct(runs: readonly Run[]): Map<string, Run> {
  return new Map(runs.map((run) => [JSON.stringify(run), run]));
}

function after(run: Run, item: Item, note: (run: Run) => void): Run[] {
  if (item.kind === 'separator') {
    const going = item.min === 0 ? [run] : [];
    if (!run.hasDigit) return [...going, { ...EMPTY, lead: run.lead + 1 }];
    note(run);
    return going;
  }
  let reached = [run];
  const all = item.min === 0 ? [run] : [];
  for (let count = 1; count <= item.max; count++) {
    reached = [...distinct(reached.flatMap((one) => extended(one, item.kind))).values()];
    if (count >= item.min) all.push(...reached);
  }
  return all;
}

function extended(run: Run, kind: Item['kind']): Run[] {
  if (kind === 'either') return [withSign(run, true), withSign(run, false)];
  return [withSign(run, kind === 'digit')];
}

function withSign(run: Run, digit: boolean): Run {
  const first = run.length === 0;
  return {
    lead: run.lead,
    length: run.length + 1,
    beginsWithDigit: first ? digit : run.beginsWithDigit,
    endsWithDigit: digit,
    changes: Math.min(MOST_CHANGES, run.changes + (first || run.endsWithDigit === digit ? 0 : 1)),
    hasDigit: run.hasDigit || digit,
  };
}
