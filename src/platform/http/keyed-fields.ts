import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { field } from './fields.js';

interface Bounds {
  readonly optional?: boolean;
  /** Most keys. */
  readonly maxEntries: number;
}

/** Longest key. */
const MOST_KEY = 200;

function keyed(
  { optional, maxEntries }: Bounds,
  items: object,
  isOne: (value: unknown) => boolean,
  message: string,
): PropertyDecorator {
  const schema = {
    type: 'object',
    maxProperties: maxEntries,
    propertyNames: { maxLength: MOST_KEY },
    additionalProperties: items,
  };
  const validate = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return (
      entries.length <= maxEntries && entries.every(([key, one]) => key.length <= MOST_KEY && isOne(one))
    );
  };
  return field({ kind: 'opaque' }, { ...(optional && { optional }) }, schema as ApiPropertyOptions, [
    ValidateBy({ name: 'keyed', validator: { validate, defaultMessage: () => message } }),
  ]);
}

/** An object whose keys are free and whose values are pairs of numbers, the lower first. */
export function RangesField(bounds: Bounds & { readonly minimum: number; readonly maximum: number }) {
  const { minimum, maximum, maxEntries } = bounds;
  const items = { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number', minimum, maximum } };
  const isWithin = (value: unknown): boolean =>
    typeof value === 'number' && value >= minimum && value <= maximum;
  const isOne = (value: unknown): boolean =>
    Array.isArray(value) && value.length === 2 && value.every(isWithin) && value[0] < value[1];
  const message = `must be an object of at most ${maxEntries} pairs [low, high] of numbers from ${minimum} to ${maximum}, the lower first`;
  return keyed(bounds, items, isOne, message);
}

/** An object whose keys are free and whose values are lists of different texts. */
export function TextListsField(bounds: Bounds & { readonly maxItems: number; readonly maxLength: number }) {
  const { maxItems, maxLength, maxEntries } = bounds;
  const items = {
    type: 'array',
    ...{ minItems: 1, maxItems, uniqueItems: true },
    items: { type: 'string', minLength: 1, maxLength },
  };
  const isText = (value: unknown): boolean =>
    typeof value === 'string' && value !== '' && value.length <= maxLength && value.isWellFormed();
  const isOne = (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= maxItems &&
    value.every(isText) &&
    new Set(value).size === value.length;
  const message = `must be an object of at most ${maxEntries} lists of 1 to ${maxItems} different texts, each of at most ${maxLength} characters`;
  return keyed(bounds, items, isOne, message);
}
