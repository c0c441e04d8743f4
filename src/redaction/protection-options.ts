import { redactionError } from './redaction.errors.js';

const AVAILABLE = ['auto', 'redaction', 'masking'] as const;
type AvailableMethod = (typeof AVAILABLE)[number];

export interface ProtectionOptions {
  readonly method: string;
  readonly preserve_context: boolean;
  readonly confidence_threshold: number;
}

const isAvailable = (method: string): method is AvailableMethod => AVAILABLE.some((name) => name === method);

/** What the engine's operators are told. @throws AppError METHOD_NOT_AVAILABLE */
export function operatorOf({ method, preserve_context, confidence_threshold }: ProtectionOptions) {
  if (!isAvailable(method)) {
    throw redactionError('METHOD_NOT_AVAILABLE', {
      message: `The method '${method}' is not available on this server. Available: ${AVAILABLE.join(', ')}.`,
      details: { field: 'method', constraint: 'available', allowed: AVAILABLE },
    });
  }
  return { method, preserveContext: preserve_context, minConfidence: confidence_threshold };
}
