import { byEngineName } from './detection-options.js';
import { redactionError } from './redaction.errors.js';
import { type ProjectTokens, refuseWithoutProject } from './tokens/project-tokens.js';

const AVAILABLE = ['auto', 'redaction', 'masking', 'tokenization'] as const;
type AvailableMethod = (typeof AVAILABLE)[number];

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
}

const isAvailable = (method: string): method is AvailableMethod => AVAILABLE.some((name) => name === method);

/** What the engine's operators are told. @throws AppError METHOD_NOT_AVAILABLE, VALIDATION_ERROR for want of a project */
export function operatorOf({ method, preserve_context, template, tokens, ...options }: ProtectionOptions) {
  if (!isAvailable(method)) {
    throw redactionError('METHOD_NOT_AVAILABLE', {
      message: `The method '${method}' is not available on this server. Available: ${AVAILABLE.join(', ')}.`,
      details: { field: 'method', constraint: 'available', allowed: AVAILABLE },
    });
  }
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
