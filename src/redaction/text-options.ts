import type { DetectionOptions, Mode } from './detection-options.js';
import type { Look, Region } from './documents/document-policy.js';
import type { ProtectionOptions } from './protection-options.js';
import type { GivenPrivacy } from './statistics/privacy-options.js';

/** Confidence from which an entity counts, unless asked otherwise: Presidio's score .4. */
export const DEFAULT_THRESHOLD = 0.85;

/** Which version of which policy stood behind an operation. */
export interface PolicyReference {
  readonly id: string;
  readonly version: number;
}

/** What a request says of the options; what it leaves out is the policy's to say, then the server's. */
export interface GivenOptions {
  readonly confidence_threshold?: number | undefined;
  readonly entities?: readonly string[] | undefined;
  readonly method?: string | undefined;
  readonly preserve_context?: boolean | undefined;
  readonly allow_list?: readonly string[] | undefined;
  readonly deny_list?: readonly string[] | undefined;
  readonly custom_patterns?: DetectionOptions['custom_patterns'] | undefined;
  readonly mode?: Mode | undefined;
  readonly privacy?: GivenPrivacy | undefined;
}

/** What a policy can say beyond a request. */
export interface PolicyOptions extends GivenOptions {
  /** Least confidence of types that have one of their own, 0 to 1, by type in either spelling. */
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  /** Placeholder of redaction, with `{type}` and `{number}`. */
  readonly template?: string | undefined;
  /** Longest time for one document, in seconds. */
  readonly timeout?: number | undefined;
  /** Of documents alone. Removed wherever they stand. */
  readonly search_terms?: readonly string[] | undefined;
  /** Of documents alone: areas of pages. */
  readonly regions?: readonly Region[] | undefined;
  /** Of documents alone. */
  readonly strict?: boolean | undefined;
  /** Of documents alone. */
  readonly look?: Partial<Look> | undefined;
}

/** Every option settled. Plain JSON, so that work done later can be given the very same. */
export interface TextOptions extends DetectionOptions, ProtectionOptions {
  /** Absent of work that was accepted before there was a choice. */
  readonly mode?: Mode;
  readonly timeout?: number;
  readonly policy?: PolicyReference;
}

type Pattern = DetectionOptions['custom_patterns'][number];

const union = (a: readonly string[] = [], b: readonly string[] = []): string[] => [...new Set([...a, ...b])];

/** The given ones first and in their places, since errors name them by index. */
function unitePatterns(given: readonly Pattern[] = [], policy: readonly Pattern[] = []): Pattern[] {
  const isGiven = ({ name, pattern }: Pattern): boolean =>
    given.some((other) => other.name === name && other.pattern === pattern);
  return [...given, ...policy.filter((pattern) => !isGiven(pattern))];
}

/**
 * The options of one operation. What the request gives wins over the policy, whose settings are the defaults; allow
 * list, deny list and custom patterns are those of both. The policy's own thresholds of single types hold whatever
 * general threshold the request gives.
 */
export function settleOptions(
  given: GivenOptions,
  policy: PolicyOptions = {},
  reference?: PolicyReference,
): TextOptions {
  const entities = given.entities ?? policy.entities;
  return {
    confidence_threshold: given.confidence_threshold ?? policy.confidence_threshold ?? DEFAULT_THRESHOLD,
    method: given.method ?? policy.method ?? 'auto',
    preserve_context: given.preserve_context ?? policy.preserve_context ?? false,
    allow_list: union(policy.allow_list, given.allow_list),
    deny_list: union(policy.deny_list, given.deny_list),
    custom_patterns: unitePatterns(given.custom_patterns, policy.custom_patterns),
    mode: given.mode ?? policy.mode ?? 'fast',
    ...(entities && { entities }),
    ...(given.privacy && { privacy: given.privacy }),
    ...(policy.thresholds && { thresholds: policy.thresholds }),
    ...(policy.template !== undefined && { template: policy.template }),
    ...(policy.timeout !== undefined && { timeout: policy.timeout }),
    ...(reference && { policy: reference }),
  };
}
