import { VARIABLE_KEY_PATTERN } from '../variable.policy.js';

/** A reference to another variable, as it stands in a value. */
export interface Reference {
  /** From `$` to the closing brace. */
  readonly text: string;
  readonly start: number;
  /** One past the closing brace. */
  readonly end: number;
  readonly key: string;
  /** Absent in a reference to the environment in which the value stands. */
  readonly project?: string;
  readonly environment?: string;
}

/** What stands for a dollar sign in front of something that would be a reference, as in Compose. */
export interface EscapedDollars {
  readonly start: number;
  readonly end: number;
  /** How many dollar signs are meant. */
  readonly dollars: number;
}

const KEY = VARIABLE_KEY_PATTERN.slice(1, -1);
/** What names of projects and environments hold without quotation marks; only a project's may hold dots then. */
const BARE = String.raw`[\p{L}\p{M}\p{N}_-](?:[\p{L}\p{M}\p{N}_. -]*[\p{L}\p{M}\p{N}_-])?`;
const QUOTED = '"[^"{}\\p{Cc}]+"';
/** Longest names are far shorter; a bound keeps the search linear. */
const MAX_REFERENCE = 600;

const LOCAL = new RegExp(`^${KEY}$`);
const FOREIGN = new RegExp(
  `^(?<project>${QUOTED}|${BARE})\\.(?<environment>${QUOTED}|[\\p{L}\\p{M}\\p{N}_ -]+)\\.(?<key>${KEY})$`,
  'u',
);
const CANDIDATE = new RegExp(`(?<!\\$)(\\$+)\\{([^{}\\p{Cc}]{1,${MAX_REFERENCE}})\\}`, 'gu');

const unquoted = (name: string) => name.replaceAll('"', '');

function targetOf(content: string): Pick<Reference, 'key' | 'project' | 'environment'> | undefined {
  if (LOCAL.test(content)) return { key: content };
  const { project, environment, key } = FOREIGN.exec(content)?.groups ?? {};
  if (project === undefined || environment === undefined || key === undefined) return undefined;
  return { project: unquoted(project), environment: unquoted(environment), key };
}

/** References and escaped dollar signs, in the order of the value. */
export function* markersIn(value: string): Generator<Reference | EscapedDollars> {
  for (const { index, 1: dollars = '', 2: content = '', 0: all } of value.matchAll(CANDIDATE)) {
    const target = targetOf(content);
    if (!target) continue;
    const brace = index + dollars.length;
    const isReference = dollars.length % 2 === 1;
    const start = isReference ? brace - 1 : brace;
    if (dollars.length > 1) yield { start: index, end: start, dollars: Math.floor(dollars.length / 2) };
    if (!isReference) continue;
    const end = index + all.length;
    yield { text: value.slice(start, end), start, end, ...target };
  }
}

/**
 * The references in a value:
 * - `${KEY}` to a variable of the same environment,
 * - `${project.environment.KEY}` to one of another. The key is what follows the last dot, the environment what stands before
 *   it, and all the rest is the project, so that a project's name may hold dots: `${acme.com.production.KEY}`. A name that
 *   holds anything but letters, digits, blanks, `-`, `_` and `.`, or an environment's that holds a dot, is put in double
 *   quotes: `${shop."v1.2".KEY}`.
 *
 * A dollar sign in front is doubled where it is meant itself: `$${KEY}` is the text `${KEY}`, `$$${KEY}` a dollar sign and then
 * the value. Whatever does not have this form, such as `${KEY:-default}` or `$KEY`, is text like any other, and keeps all its
 * dollar signs.
 */
export const referencesIn = (value: string): Reference[] =>
  [...markersIn(value)].filter((marker): marker is Reference => 'text' in marker);
