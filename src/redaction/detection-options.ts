import { invalidField } from '../platform/errors/app-error.js';
import { scoreOf } from './engine/confidence.js';
import { type CustomPattern, CustomPatternError, compileCustomPattern } from './engine/custom-pattern.js';
import { DenyList } from './engine/deny-list.js';
import { Detector, SUPPORTED_TYPES } from './engine/detector.js';
import type { Matcher } from './engine/matcher.js';
import type { Judge } from './engine/model/judge.js';
import { engineName, publicName } from './engine/type-names.js';
import { redactionError } from './redaction.errors.js';

/** Whether names are found by the built-in recognizers alone, or a model is asked where these are unsure. */
export const MODES = ['fast', 'accurate'] as const;
export type Mode = (typeof MODES)[number];

/** What a caller may choose about detection. */
export interface DetectionOptions {
  /** Least confidence, 0 to 1, on the scale clients see. */
  readonly confidence_threshold: number;
  readonly custom_patterns: readonly { readonly name: string; readonly pattern: string }[];
  /** Types to look for, in either spelling; all when absent. */
  readonly entities?: readonly string[];
  readonly allow_list: readonly string[];
  readonly deny_list: readonly string[];
  /** Least confidence of types that have one of their own, by type in either spelling. */
  readonly thresholds?: Readonly<Record<string, number>>;
}

/** Makes a detector for one document. @param judge of its sentences, where names are found accurately */
export type NewDetector = (more?: readonly Matcher[], judge?: Judge) => Detector;

type Pattern = DetectionOptions['custom_patterns'][number];

const BUILT_IN: ReadonlySet<string> = new Set(SUPPORTED_TYPES.map(({ name }) => name));

/** Values by type under the names the engine uses. */
export const byEngineName = <T>(
  byType: Readonly<Record<string, number>>,
  of: (confidence: number) => T,
): Map<string, T> =>
  new Map(Object.entries(byType).map(([type, confidence]) => [engineName(type), of(confidence)]));

function compile({ name, pattern }: Pattern, field: string): CustomPattern {
  if (BUILT_IN.has(engineName(name))) {
    throw invalidField(`${field}.name`, 'reserved', `'${name}' is the name of a built-in type.`);
  }
  try {
    return compileCustomPattern(name, pattern);
  } catch (error) {
    if (!(error instanceof CustomPatternError)) throw error;
    const details = { field: `${field}.pattern`, constraint: error.reason };
    throw redactionError('PATTERN_REFUSED', { message: error.message, details });
  }
}

/**
 * Compiles patterns. `prefix` stands before the field's name in errors.
 * @throws AppError PATTERN_REFUSED, VALIDATION_ERROR for a reserved name
 */
export const compilePatterns = (patterns: readonly Pattern[], prefix = ''): CustomPattern[] =>
  patterns.map((pattern, index) => compile(pattern, `${prefix}custom_patterns[${index}]`));

/** Refuses the first type, given with the field that names it, which is neither built in nor a custom pattern's. */
export function assertTypes(
  given: Iterable<readonly [field: string, type: string]>,
  patterns: readonly { readonly name: string }[],
): void {
  const known = new Set([...BUILT_IN, ...patterns.map(({ name }) => name)]);
  for (const [field, type] of given) {
    if (known.has(engineName(type))) continue;
    const allowed = [...known].map(publicName).sort();
    const message = `'${field}' is not a type this server finds. Allowed: ${allowed.join(', ')}.`;
    throw invalidField(field, 'enum', message, allowed);
  }
}

/** The fields of an `entities` list, for {@link assertTypes}. */
export const entityFields = (entities: readonly string[], prefix = ''): [string, string][] =>
  entities.map((type, index) => [`${prefix}entities[${index}]`, type]);

function typesOf(entities: readonly string[], patterns: readonly CustomPattern[]): Set<string> {
  assertTypes(entityFields(entities), patterns);
  return new Set(entities.map(engineName));
}

/**
 * Checks the options of one request and compiles its patterns; what it returns makes a detector for each document,
 * since a detector's budget for custom patterns is spent once.
 * @param matchers find beside what the options say; so do those that a detector is made with
 * @throws AppError PATTERN_REFUSED, VALIDATION_ERROR for an unknown type or a reserved name
 */
export function detectors(options: DetectionOptions, matchers: readonly Matcher[] = []): NewDetector {
  const customPatterns = compilePatterns(options.custom_patterns);
  const types = options.entities && typesOf(options.entities, customPatterns);
  const settled = {
    minScore: scoreOf(options.confidence_threshold),
    allowList: options.allow_list,
    denyList: new DenyList(options.deny_list),
    customPatterns,
    ...(types && { types }),
    matchers,
    ...(options.thresholds && { minScores: byEngineName(options.thresholds, scoreOf) }),
  };
  return (more = [], judge = undefined) =>
    new Detector({ ...settled, matchers: [...matchers, ...more], ...(judge && { judge }) });
}
