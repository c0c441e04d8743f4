import { invalidField } from '../../../platform/errors/app-error.js';
import type { PromptVariable, VariableValue } from './prompt-variable.js';

type Fail = (constraint: string, must: string) => never;

/**
 * The text that stands for a value in a rendered prompt.
 * @param field how the request names the value, for errors; they quote neither the value nor the options, which are sealed texts
 * @throws AppError VALIDATION_ERROR for a value that the variable does not take
 */
export function valueText(variable: PromptVariable, value: VariableValue, field: string): string {
  const fail: Fail = (constraint, must) => {
    throw invalidField(field, constraint, `'${field}' must be ${must}.`);
  };
  switch (variable.type) {
    case 'text':
    case 'textarea':
      return ofText(variable, value, fail);
    case 'number':
      return ofNumber(variable, value, fail);
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : fail('type', 'true or false');
    case 'date':
      return typeof value === 'string' && isDay(value) ? value : fail('format', 'a day, such as 2026-03-15');
    case 'select':
      return typeof value === 'string' && variable.options.includes(value)
        ? value
        : fail('enum', `one of the ${variable.options.length} options of its variable`);
  }
}

function ofText({ type, required, min, max }: PromptVariable, value: VariableValue, fail: Fail): string {
  if (typeof value !== 'string') return fail('type', 'a text');
  if (type === 'text' && /[\n\r\u2028\u2029]/.test(value)) fail('pattern', 'one line');
  if (value === '' && required) fail('minLength', 'given, and not empty');
  if (value === '') return value;
  const length = [...value].length;
  if (min !== null && length < min) fail('minLength', `at least ${min} characters long`);
  if (max !== null && length > max) fail('maxLength', `at most ${max} characters long`);
  return value;
}

function ofNumber({ min, max }: PromptVariable, value: VariableValue, fail: Fail): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fail('type', 'a number');
  if (min !== null && value < min) fail('minimum', `at least ${min}`);
  if (max !== null && value > max) fail('maximum', `at most ${max}`);
  return String(value);
}

/** Days that do not exist, such as 30 February, are none. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
