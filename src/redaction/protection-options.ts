import { byEngineName } from './detection-options.js';
import type { Method } from './engine/operators/create-operator.js';
import type { GivenPrivacy } from './statistics/privacy-options.js';
import { type ProjectTokens, refuseWithoutProject } from './tokens/project-tokens.js';

/** Methods that replace findings one by one. */
const BY_FINDING = ['auto', 'redaction', 'masking', 'tokenization'] as const;

export interface ProtectionOptions {
  readonly method: string;
  readonly preserve_context: boolean;
  readonly confidence_threshold: number;
  readonly thresholds?: Readonly<Record<string, number>>;
  /** Placeholder of redaction, with `{type}` and `{number}`. */
  readonly template?: string;
  /** Also tells what looked like personal data and was not reported. */
  readonly explain?: boolean | undefined;
  /** The project's tokens; `scope` is needed for tokenization. */
  readonly tokens?: ProjectTokens;
  /** What the request says of a table's release. */
  readonly privacy?: GivenPrivacy;
}

const replacesFindings = (method: string): method is Method | 'tokenization' =>
  BY_FINDING.some((name) => name === method);

/**
 * What the engine's operators are told.
 * @throws AppError VALIDATION_ERROR for want of a project; RangeError for a method that replaces no findings
 */
export function operatorOf({
  method,
  preserve_context,
  template,
  tokens,
  privacy: _,
  ...options
}: ProtectionOptions) {
  if (!replacesFindings(method)) throw new RangeError('a method that replaces no findings');
  if (method === 'tokenization' && !tokens?.scope) refuseWithoutProject();
  return {
    method,
    ...(tokens && { tokens }),
    preserveContext: preserve_context,
    ...(template !== undefined && { placeholder: template }),
    ...confidencesOf(options),
  };
}

/** What the engine's analysis is told of thresholds and of what to explain. */
export const confidencesOf = ({
  confidence_threshold,
  thresholds,
  explain,
}: Pick<ProtectionOptions, 'confidence_threshold' | 'thresholds' | 'explain'>) => ({
  minConfidence: confidence_threshold,
  ...(explain && { explain }),
  ...(thresholds && { minConfidences: byEngineName(thresholds, (confidence) => confidence) }),
});
