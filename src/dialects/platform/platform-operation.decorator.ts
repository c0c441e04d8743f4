import { Operation, type OperationOptions } from '../../platform/http/operation.decorator.js';
import { PlatformErrorEnvelopeDto } from './platform-error.dto.js';

/** An operation with Platform's error body. */
export const PlatformOperation = (options: Omit<OperationOptions, 'error'>): MethodDecorator =>
  Operation({ ...options, error: PlatformErrorEnvelopeDto });
