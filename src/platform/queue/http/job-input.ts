import type { Type } from '@nestjs/common';
import { AppError, invalidField } from '../../errors/app-error.js';
import { RequestPipe } from '../../http/request.pipe.js';

const pipe = new RequestPipe();

/**
 * The input of a job as its class has it.
 * @param whole a class whose one field, `input`, is of that class
 * @throws AppError VALIDATION_ERROR, with `input.` before the field
 */
export async function inputOf<T>(whole: Type<{ input: T }>, input: unknown): Promise<T> {
  const checked = await pipe.transform({ input }, { metatype: whole, type: 'body' });
  if (checked instanceof whole) return checked.input;
  throw new Error('the pipe made something else');
}

/** Puts the policy that stands beside the input into it. @throws AppError VALIDATION_ERROR when it stands there too */
export function setProcessor(body: { processor_id?: string }, processorId: string | undefined): void {
  if (processorId === undefined) return;
  if (body.processor_id !== undefined) {
    const message = "'processor_id' stands in 'input' too: send it once.";
    throw invalidField('processor_id', 'exclusive', message);
  }
  body.processor_id = processorId;
}

/**
 * Throws the same error about a field of `input`.
 * @param processorId set when the policy is named beside the input
 */
export function throwWithinInput(error: unknown, processorId: string | undefined): never {
  if (!(error instanceof AppError) || !error.details) throw error;
  const { code, row, message, details } = error;
  const { field } = details;
  if (field === 'processor_id' && processorId !== undefined) throw error;
  throw new AppError(code, row, {
    message: message.replaceAll(`'${field}'`, `'input.${field}'`),
    details: { ...details, field: `input.${field}` },
  });
}
