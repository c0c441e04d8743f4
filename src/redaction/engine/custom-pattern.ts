import { PatternMachine } from './pattern-machine.js';
import { compileProgram, type PatternProgram } from './pattern-program.js';
import { Rank } from './rule.js';
import type { Candidate } from './scan.js';

const LONGEST_PATTERN = 1_000;
const LARGEST_PROGRAM = 10_000;
const MOST_MATCHES = 100_000;
/** Steps of a slice: about 16 kB of text that matches nowhere, a few milliseconds at most. */
const SLICE_EFFORT = 65_536;

const ALLOWED =
  'Patterns use RE2 syntax, have at most 1000 characters, match at least one character, ' +
  'and have neither look-around nor back-references.';

/** A user's pattern is refused. `message` is public and says what is allowed. */
export class CustomPatternError extends Error {
  override readonly name = 'CustomPatternError';

  constructor(
    readonly pattern: string,
    readonly reason: 'syntax' | 'not-linear' | 'too-long' | 'matches-empty',
    problem: string,
  ) {
    super(`Pattern ${pattern}: ${problem} ${ALLOWED}`);
  }
}

/** The patterns of a detector have used up their time; nothing may be handed out as searched. */
export class PatternDeadlineError extends Error {
  override readonly name = 'PatternDeadlineError';

  constructor(readonly pattern: string) {
    super(`Pattern ${pattern} takes too long on this text. Make it more specific.`);
  }
}

/** A pattern matches so often that it can hardly be meant; nothing may be handed out as searched. */
export class PatternMatchesError extends Error {
  override readonly name = 'PatternMatchesError';

  constructor(readonly pattern: string) {
    super(`Pattern ${pattern} matches more than ${MOST_MATCHES} times in one value. Make it more specific.`);
  }
}

/** A compiled pattern; made by `compileCustomPattern` alone. */
export interface CustomPattern {
  readonly name: string;
  readonly program: PatternProgram;
}

/** What the patterns of a detector have left to spend, in milliseconds, and the clock it is measured by. */
export interface PatternBudget {
  left: number;
  readonly now: () => number;
}

/**
 * Compiles a user's pattern to a program whose matching time is linear in the text (RE2).
 * @throws CustomPatternError
 */
export function compileCustomPattern(name: string, pattern: string): CustomPattern {
  if (pattern.length > LONGEST_PATTERN) throw new CustomPatternError(name, 'too-long', 'it is too long.');
  if (needsBacktracking(pattern)) {
    throw new CustomPatternError(name, 'not-linear', 'look-around and back-references are not supported.');
  }
  const program = compileOrRefuse(name, pattern);
  if (program.instructions.length > LARGEST_PROGRAM) {
    throw new CustomPatternError(name, 'too-long', 'its repetitions make it too large.');
  }
  if (program.matchesEmpty)
    throw new CustomPatternError(name, 'matches-empty', 'it can match the empty text.');
  return { name, program };
}

function compileOrRefuse(name: string, pattern: string): PatternProgram {
  try {
    return compileProgram(pattern);
  } catch (error) {
    const tooLarge = error instanceof Error && /repeat count|too large|nesting|stack/i.test(error.message);
    if (tooLarge)
      throw new CustomPatternError(name, 'too-long', 'its repetitions or its nesting go too far.');
    throw new CustomPatternError(name, 'syntax', 'it is no valid regular expression.');
  }
}

/** Whether a construct outside RE2 occurs: look-around, atomic groups, back-references, possessive repetition. */
function needsBacktracking(pattern: string): boolean {
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const rest = pattern.slice(at, at + 4);
    if (rest.startsWith('\\Q')) at = quoteEnd(pattern, at);
    else if (rest.startsWith('\\')) {
      if (!inClass && /^\\(?:[1-9]|k[<{'])/.test(rest)) return true;
      at++;
    } else if (rest.startsWith('[') && !inClass) {
      inClass = true;
      if (/^\[\^?\]/.test(rest)) at += rest.startsWith('[^') ? 2 : 1;
    } else if (rest.startsWith(']')) inClass = false;
    else if (!inClass && /^(?:\(\?(?:[=!>]|<[=!])|[*+?}]\+)/.test(rest)) return true;
  }
  return false;
}

function quoteEnd(pattern: string, at: number): number {
  const end = pattern.indexOf('\\E', at + 2);
  return end < 0 ? pattern.length : end + 1;
}

/**
 * Searches the text in slices, yielding between them, and checks the budget at each.
 * @throws PatternDeadlineError, PatternMatchesError
 */
export function* matchCustomPattern(
  { name, program }: CustomPattern,
  text: string,
  budget: PatternBudget,
): Generator<void, Candidate[]> {
  const explanation = { recognizer: 'custom-pattern', rule: name, baseScore: 1 };
  const candidates: Candidate[] = [];
  if (!canMatch(program, text)) return candidates;
  let since = budget.now();
  const machine = new PatternMachine(program);
  machine.begin(text);
  for (;;) {
    const { matches, done } = machine.advance(SLICE_EFFORT);
    budget.left -= budget.now() - since;
    if (candidates.length + matches.length > MOST_MATCHES) throw new PatternMatchesError(name);
    for (const [start, end] of matches) {
      candidates.push({ type: name, start, end, score: 1, explanation, rank: Rank.Asked });
    }
    if (done) return candidates;
    if (budget.left < 0) throw new PatternDeadlineError(name);
    yield;
    since = budget.now();
  }
}

/** A cheap look for any character that a match can begin with, for the many short values of a table. */
function canMatch({ first }: PatternProgram, text: string): boolean {
  if (text.length > 1_024) return true;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (first[Math.min(code, 128)] === 1) return true;
  }
  return false;
}
