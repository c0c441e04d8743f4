import { Operation, type OperationOptions } from '../../platform/http/operation.decorator.js';
import { SafekeylabErrorEnvelopeDto } from './safekeylab-error.dto.js';

/** An operation with SafeKeyLab's error body. */
export const SafekeylabOperation = (options: Omit<OperationOptions, 'error'>): MethodDecorator =>
  Operation({ ...options, error: SafekeylabErrorEnvelopeDto });
