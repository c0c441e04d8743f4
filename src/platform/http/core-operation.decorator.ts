import { ErrorEnvelopeDto } from './core-error.dto.js';
import { Operation, type OperationOptions } from './operation.decorator.js';

/** An operation of the core, with the core's error body. */
export const CoreOperation = (options: Omit<OperationOptions, 'error'>): MethodDecorator =>
  Operation({ ...options, error: ErrorEnvelopeDto });
