import { ErrorEnvelopeDto } from './core-error.dto.js';
import { Operation, type OperationOptions } from './operation.decorator.js';

/** An operation of the core, with the core's error body; a reused `Idempotency-Key` is its 422. */
export const CoreOperation = (options: Omit<OperationOptions, 'error'>): MethodDecorator => {
  const errors = [...(options.errors ?? []), ...(options.idempotent ? [422] : [])];
  return Operation({ ...options, errors, error: ErrorEnvelopeDto });
};
