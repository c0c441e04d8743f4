import { invalidField } from '../platform/errors/app-error.js';
import { scoreOf } from './engine/confidence.js';
import { type CustomPattern, CustomPatternError, compileCustomPattern } from './engine/custom-pattern.js';
import { DenyList } from './engine/deny-list.js';
import { Detector, SUPPORTED_TYPES } from './engine/detector.js';
import { engineName, publicName } from './engine/type-names.js';
import { redactionError } from './redaction.errors.js';

/** What a caller may choose about detection. */
export interface DetectionOptions {
  /** Least confidence, 0 to 1, on the scale clients see. */
  readonly confidence_threshold: number;
  readonly custom_patterns: readonly { readonly name: string; readonly pattern: string }[];
  /** Types to look for, in either spelling; all when absent. */
  readonly entities?: readonly string[];
  readonly allow_list: readonly string[];
  readonly deny_list: readonly string[];
}

const BUILT_IN: ReadonlySet<string> = new Set(SUPPORTED_TYPES.map(({ name }) => name));

function compile({ name, pattern }: { name: string; pattern: string }, index: number): CustomPattern {
  if (BUILT_IN.has(engineName(name))) {
    throw invalidField(
      `custom_patterns[${index}].name`,
      'reserved',
      `'${name}' is the name of a built-in type.`,
    );
  }
  try {
    return compileCustomPattern(name, pattern);
  } catch (error) {
    if (!(error instanceof CustomPatternError)) throw error;
    const details = { field: `custom_patterns[${index}].pattern`, constraint: error.reason };
    throw redactionError('PATTERN_REFUSED', { message: error.message, details });
  }
}

function typesOf(entities: readonly string[], patterns: readonly CustomPattern[]): Set<string> {
  const known = new Set([...BUILT_IN, ...patterns.map(({ name }) => name)]);
  entities.forEach((entity, index) => {
    if (known.has(engineName(entity))) return;
    const allowed = [...known].map(publicName).sort();
    const message = `'entities[${index}]' is not a type this server finds. Allowed: ${allowed.join(', ')}.`;
    throw invalidField(`entities[${index}]`, 'enum', message, allowed);
  });
  return new Set(entities.map(engineName));
}

/**
 * Checks the options of one request and compiles its patterns; what it returns makes a detector for each document,
 * since a detector's budget for custom patterns is spent once.
 * @throws AppError PATTERN_REFUSED, VALIDATION_ERROR for an unknown type or a reserved name
 */
export function detectors(options: DetectionOptions): () => Detector {
  const customPatterns = options.custom_patterns.map(compile);
  const types = options.entities && typesOf(options.entities, customPatterns);
  const settled = {
    minScore: scoreOf(options.confidence_threshold),
    allowList: options.allow_list,
    denyList: new DenyList(options.deny_list),
    customPatterns,
    ...(types && { types }),
  };
  return () => new Detector(settled);
}
