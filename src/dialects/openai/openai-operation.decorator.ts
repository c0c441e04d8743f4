import { Operation, type OperationOptions } from '../../platform/http/operation.decorator.js';
import { OpenaiErrorEnvelopeDto } from './openai-error.dto.js';

/** An operation with OpenAI's error body. */
export const OpenaiOperation = (options: Omit<OperationOptions, 'error'>): MethodDecorator =>
  Operation({ ...options, error: OpenaiErrorEnvelopeDto });
