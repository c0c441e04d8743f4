import { Operation, type OperationOptions } from '../../platform/http/operation.decorator.js';
import { KeynestErrorDto } from './keynest-error.dto.js';

/** An operation with KeyNest's error body. */
export const KeynestOperation = (options: Omit<OperationOptions, 'error'>): MethodDecorator =>
  Operation({ ...options, error: KeynestErrorDto });
