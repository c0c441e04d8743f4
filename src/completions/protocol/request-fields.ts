import { invalidField } from '../../platform/errors/app-error.js';
import { isObject, type JsonValue } from '../json.js';

/** Checks a field's value, which is neither missing nor null. @throws AppError VALIDATION_ERROR */
export type Check = (value: JsonValue, field: string) => void;

const fail = (field: string, constraint: string, must: string, allowed?: readonly string[]): never => {
  throw invalidField(field, constraint, `'${field}' must be ${must}.`, allowed);
};

export const aBoolean: Check = (value, field) => {
  if (typeof value !== 'boolean') fail(field, 'type', 'true or false');
};

export const aText =
  (minLength: number, maxLength: number): Check =>
  (value, field) => {
    if (typeof value !== 'string') fail(field, 'type', 'a string');
    const { length } = String(value);
    if (length < minLength) fail(field, 'minLength', `at least ${minLength} characters long`);
    if (length > maxLength) fail(field, 'maxLength', `at most ${maxLength} characters long`);
  };

export const aNumber =
  (minimum: number, maximum: number): Check =>
  (value, field) => {
    if (typeof value !== 'number') return fail(field, 'type', 'a number');
    if (value < minimum) fail(field, 'minimum', `at least ${minimum}`);
    if (value > maximum) fail(field, 'maximum', `at most ${maximum}`);
  };

export const anInteger =
  (minimum: number, maximum: number): Check =>
  (value, field) => {
    if (!Number.isInteger(value)) fail(field, 'type', 'a whole number');
    aNumber(minimum, maximum)(value, field);
  };

export const anObject: Check = (value, field) => {
  if (!isObject(value)) fail(field, 'type', 'an object');
};

export const oneOf =
  (...allowed: readonly string[]): Check =>
  (value, field) => {
    if (typeof value !== 'string') fail(field, 'type', 'a string');
    if (!allowed.includes(String(value))) fail(field, 'enum', `one of: ${allowed.join(', ')}`, allowed);
  };

export const either =
  (isFirst: (value: JsonValue) => boolean, first: Check, other: Check): Check =>
  (value, field) =>
    isFirst(value) ? first(value, field) : other(value, field);

export const aList =
  (item: Check, minItems: number, maxItems: number): Check =>
  (value, field) => {
    if (!Array.isArray(value)) return fail(field, 'type', 'an array');
    if (value.length < minItems) fail(field, 'minItems', `an array of at least ${minItems}`);
    if (value.length > maxItems) fail(field, 'maxItems', `an array of at most ${maxItems}`);
    for (const [index, one] of value.entries()) item(one, `${field}[${index}]`);
  };

/** An object whose members are checked where they are known, and are there where required; others are let through. */
export const aRecord = (members: Readonly<Record<string, Check>>, required: readonly string[]): Check => {
  const entries = Object.entries(members);
  return (value, field) => {
    if (!isObject(value)) return fail(field, 'type', 'an object');
    const prefix = field === '' ? '' : `${field}.`;
    for (const name of required)
      if (value[name] === undefined || value[name] === null)
        throw invalidField(`${prefix}${name}`, 'required', `The '${prefix}${name}' field is required.`);
    for (const [name, check] of entries) {
      const member = value[name];
      if (member !== undefined && member !== null) check(member, `${prefix}${name}`);
    }
  };
};
