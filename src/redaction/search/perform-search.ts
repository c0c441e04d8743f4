import { detectors } from '../detection-options.js';
import { type Analysis, analyze } from '../engine/analysis.js';
import { PatternDeadlineError, PatternMatchesError } from '../engine/custom-pattern.js';
import { EngineInputError } from '../engine/engine-error.js';
import { openDocument } from '../engine/structure/open-document.js';
import { TokenKeeper } from '../tokens/token-keeper.js';
import { vaultMatcher } from '../vault-matcher.js';
import type { Refused, SearchReply, SearchRequest } from './search-job.js';

class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Does what is asked, without a break but for looks at whether it is still wanted; never throws. */
export function performSearch({ job, stop }: SearchRequest): SearchReply {
  try {
    const { secrets, issued } = job;
    const matcher =
      secrets &&
      vaultMatcher({
        fingerprints: secrets.fingerprints,
        referenceOf: (number) => secrets.references.get(number),
      });
    const detector = detectors(job.options, matcher && [matcher])();
    const finder = issued.size === 0 ? detector : new TokenKeeper(detector, issued);
    const work = analyze(openDocument(job.data, job.format), finder, job.analysis);
    return { kind: 'done', analysis: runUntil(work, stop), guesses: matcher?.guesses ?? new Set() };
  } catch (error) {
    const refused = refusedBy(error);
    if (refused) return { kind: 'refused', refused };
    return { kind: 'fault', name: error instanceof Error ? error.name : typeof error };
  }
}

function runUntil(work: Generator<void, Analysis>, stop: Int32Array): Analysis {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    if (Atomics.load(stop, 0) !== 0) throw new Stopped();
  }
}

function refusedBy(error: unknown): Refused | undefined {
  if (error instanceof EngineInputError) {
    const { code, message, place } = error;
    return { name: 'EngineInputError', code, message, place };
  }
  if (error instanceof PatternDeadlineError || error instanceof PatternMatchesError) {
    return { name: error.name, pattern: error.pattern };
  }
  return undefined;
}

/** The refusal that it was in the other thread. */
export function errorOf(refused: Refused): Error {
  if (refused.name === 'EngineInputError') {
    return new EngineInputError(refused.code, refused.message, refused.place);
  }
  return refused.name === 'PatternDeadlineError'
    ? new PatternDeadlineError(refused.pattern)
    : new PatternMatchesError(refused.pattern);
}
