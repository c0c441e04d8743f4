import { Operation, type OperationOptions } from '../../platform/http/operation.decorator.js';
import { SeroErrorEnvelopeDto } from './sero-error.dto.js';

/** An operation with SERO's error body. */
export const SeroOperation = (options: Omit<OperationOptions, 'error'>): MethodDecorator =>
  Operation({ ...options, error: SeroErrorEnvelopeDto });
