import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { type FieldKind, registerField } from './field-registry.js';

interface Presence {
  /** May be left out. */
  readonly optional?: boolean;
  /** May be null. */
  readonly nullable?: boolean;
}

interface TextBounds {
  /** A secret or personal text: `x-redact` in the contract, kept out of every log. */
  readonly redact?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly format?: 'date-time';
  readonly default?: string;
}

interface NumberBounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}

interface Items {
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** A property's contract and validation in one: what is declared here is what the document shows and what is checked. */
export function field(
  kind: FieldKind,
  presence: Presence,
  schema: ApiPropertyOptions,
  checks: PropertyDecorator[],
) {
  const required = !presence.optional;
  const guards = [
    ...(presence.optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...(presence.nullable ? [ValidateIf((_, value) => value !== null)] : []),
  ];
  const shown = { ...schema, required, ...(presence.nullable && { nullable: true }) } as ApiPropertyOptions;
  return applyDecorators(registerField(kind), ApiProperty(shown), ...guards, ...checks);
}

/** Text that PostgreSQL and every log can carry: no NUL, no lone surrogate. */
const IsStorableText = (): PropertyDecorator =>
  ValidateBy({
    name: 'storable',
    validator: {
      validate: (value: unknown) =>
        typeof value !== 'string' || (value.isWellFormed() && !value.includes('\0')),
      defaultMessage: () => 'must not hold NUL or unpaired surrogates',
    },
  });

function textChecks(bounds: TextBounds, each: boolean): PropertyDecorator[] {
  const options = { each };
  return [
    IsString(options),
    ...(bounds.minLength === undefined ? [] : [MinLength(bounds.minLength, options)]),
    ...(bounds.maxLength === undefined ? [] : [MaxLength(bounds.maxLength, options)]),
    ...(bounds.pattern === undefined ? [] : [Matches(new RegExp(bounds.pattern, 'u'), options)]),
    ...(bounds.enum === undefined ? [] : [IsIn([...bounds.enum], options)]),
  ];
}

const textSchema = ({ redact, ...bounds }: TextBounds) => ({
  type: 'string' as const,
  ...bounds,
  ...(redact && { 'x-redact': true }),
  ...(bounds.enum && { enum: [...bounds.enum] }),
});

/** A string. */
export const StringField = ({
  optional,
  nullable,
  ...bounds
}: TextBounds & Presence = {}): PropertyDecorator =>
  field({ kind: 'string' }, presenceOf(optional, nullable), textSchema(bounds) as ApiPropertyOptions, [
    ...textChecks(bounds, false),
    IsStorableText(),
  ]);

/** A number, or with `integer` a whole one. */
export function NumberField(options: NumberBounds & Presence & { readonly integer?: boolean } = {}) {
  const { optional, nullable, integer, ...bounds } = options;
  const checks = [
    integer ? IsInt() : IsNumber({ allowNaN: false, allowInfinity: false }),
    ...(bounds.minimum === undefined ? [] : [Min(bounds.minimum)]),
    ...(bounds.maximum === undefined ? [] : [Max(bounds.maximum)]),
  ];
  const schema = { type: integer ? 'integer' : 'number', ...bounds } as ApiPropertyOptions;
  return field({ kind: 'number' }, presenceOf(optional, nullable), schema, checks);
}

export function BooleanField({
  optional,
  nullable,
  ...rest
}: Presence & { readonly default?: boolean } = {}) {
  return field({ kind: 'boolean' }, presenceOf(optional, nullable), { type: 'boolean', ...rest }, [
    IsBoolean(),
  ]);
}

/** A list of strings. */
export function StringsField({
  optional,
  nullable,
  minItems,
  maxItems,
  ...bounds
}: TextBounds & Items & Presence = {}) {
  const schema = { type: 'array', ...itemBounds(minItems, maxItems), items: textSchema(bounds) };
  return field(
    { kind: 'array', ...(maxItems !== undefined && { maxItems }) },
    presenceOf(optional, nullable),
    schema as ApiPropertyOptions,
    [...arrayChecks(minItems, maxItems), ...textChecks(bounds, true)],
  );
}

/** A list of objects of one class. @nestjs/swagger knows a late class by the property name `type` of its function. */
export function ObjectsField(
  of: () => Type,
  { optional, nullable, minItems, maxItems }: Items & Presence = {},
) {
  const schema = { type: () => of(), isArray: true, ...itemBounds(minItems, maxItems) } as ApiPropertyOptions;
  return field(
    { kind: 'array', nested: of, ...(maxItems !== undefined && { maxItems }) },
    presenceOf(optional, nullable),
    schema,
    [...arrayChecks(minItems, maxItems), ValidateNested({ each: true })],
  );
}

/** An object of one class. */
export function ObjectField(of: () => Type, { optional, nullable }: Presence = {}) {
  return field(
    { kind: 'object', nested: of },
    presenceOf(optional, nullable),
    { type: () => of() } as ApiPropertyOptions,
    [ValidateNested()],
  );
}

/** An object whose keys are free and whose values are texts: ids by name. */
export function TextsField({ optional }: Presence = {}) {
  const schema = { type: 'object', additionalProperties: { type: 'string' } };
  return field({ kind: 'opaque' }, presenceOf(optional), schema as ApiPropertyOptions, []);
}

/** The same as clients send it: keys and values are of a form, and there are not too many. */
export function BoundTextsField({
  optional,
  nullable,
  maxEntries,
  maxLength,
  pattern,
}: Presence & { readonly maxEntries: number; readonly maxLength: number; readonly pattern: string }) {
  const text = { type: 'string', minLength: 1, maxLength, pattern };
  const schema = {
    type: 'object',
    maxProperties: maxEntries,
    propertyNames: { minLength: 1, maxLength, pattern },
    additionalProperties: text,
  };
  const form = new RegExp(pattern, 'u');
  const isWithin = (value: unknown): boolean =>
    typeof value === 'string' && value.length <= maxLength && value.isWellFormed() && form.test(value);
  const validate = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    return entries.length <= maxEntries && entries.flat().every(isWithin);
  };
  const message = `must be an object of at most ${maxEntries} texts, names and values of 1 to ${maxLength} characters like ${pattern}`;
  return field({ kind: 'opaque' }, presenceOf(optional, nullable), schema as ApiPropertyOptions, [
    ValidateBy({ name: 'texts', validator: { validate, defaultMessage: () => message } }),
  ]);
}

/** An object whose keys are free and whose values are whole numbers: counts by name. */
export function CountsField({ optional }: Presence = {}) {
  const schema = { type: 'object', additionalProperties: { type: 'integer', minimum: 0 } };
  return field({ kind: 'opaque' }, presenceOf(optional), schema as ApiPropertyOptions, []);
}

/** An object of an answer whose keys are free and whose values are single things: whatever there is to say more. */
export function DetailsField({ nullable }: Pick<Presence, 'nullable'> = {}) {
  const value = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };
  const schema = { type: 'object', additionalProperties: value };
  return field({ kind: 'opaque' }, presenceOf(false, nullable), schema as ApiPropertyOptions, []);
}

/** An object whose keys are free and whose values are numbers within bounds. */
export function NumbersField(
  options: Required<Omit<NumberBounds, 'default'>> & { maxEntries: number } & Presence,
) {
  const { optional, nullable, maxEntries, minimum, maximum } = options;
  const schema = {
    type: 'object',
    maxProperties: maxEntries,
    additionalProperties: { type: 'number', minimum, maximum },
  };
  const isWithin = (value: unknown): boolean =>
    typeof value === 'number' && value >= minimum && value <= maximum;
  const validate = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const values = Object.values(value);
    return values.length <= maxEntries && values.every(isWithin);
  };
  const message = `must be an object of at most ${maxEntries} numbers from ${minimum} to ${maximum}`;
  return field({ kind: 'opaque' }, presenceOf(optional, nullable), schema as ApiPropertyOptions, [
    ValidateBy({ name: 'numbers', validator: { validate, defaultMessage: () => message } }),
  ]);
}

/** Longest key of an object whose keys are free. */
const MOST_KEY = 100;

/** An object whose keys are free and whose values are of a few texts: choices by name. */
export function ChoicesField(options: { readonly enum: readonly string[]; maxEntries: number } & Presence) {
  const { optional, enum: choices, maxEntries } = options;
  const schema = {
    type: 'object',
    maxProperties: maxEntries,
    propertyNames: { maxLength: MOST_KEY },
    additionalProperties: { type: 'string', enum: [...choices] },
  };
  const validate = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    const isOne = ([key, choice]: [string, unknown]): boolean =>
      key.length <= MOST_KEY && typeof choice === 'string' && choices.includes(choice);
    return entries.length <= maxEntries && entries.every(isOne);
  };
  const message = `must be an object of at most ${maxEntries} entries, each of: ${choices.join(', ')}`;
  return field({ kind: 'opaque' }, presenceOf(optional), schema as ApiPropertyOptions, [
    ValidateBy({ name: 'choices', validator: { validate, defaultMessage: () => message } }),
  ]);
}

/** A client's own data, of any depth: a string, an object or an array, taken as it is and never copied. */
export function DataField({ optional }: Presence = {}) {
  const schema = {
    oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }, { type: 'array', items: {} }],
  };
  const isData = (value: unknown): boolean =>
    typeof value === 'string' || (typeof value === 'object' && value !== null);
  return field({ kind: 'opaque' }, presenceOf(optional), schema as ApiPropertyOptions, [
    ValidateBy({
      name: 'data',
      validator: { validate: isData, defaultMessage: () => 'must be a string, object or array' },
    }),
  ]);
}

const isText = (value: string, maxLength: number): boolean =>
  value.length <= maxLength && value.isWellFormed() && !value.includes('\0');

const isScalar = (value: unknown, maxLength: number): boolean =>
  typeof value === 'string'
    ? isText(value, maxLength)
    : typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

const scalarSchema = (maxLength: number) => [
  { type: 'string', maxLength },
  { type: 'number' },
  { type: 'boolean' },
];

/** A text, a number or a boolean; which of them, another field says. */
export function ScalarField({
  optional,
  nullable,
  redact,
  maxLength,
}: Presence & { readonly redact?: boolean; readonly maxLength: number }) {
  const schema = {
    oneOf: [...scalarSchema(maxLength), ...(nullable ? [{ type: 'null' }] : [])],
    ...(redact && { 'x-redact': true }),
  };
  const message = `must be a text of at most ${maxLength} characters, a number, or true or false`;
  const isOne = (value: unknown): boolean => (nullable && value === null) || isScalar(value, maxLength);
  return field({ kind: 'opaque' }, presenceOf(optional), schema as ApiPropertyOptions, [
    ValidateBy({ name: 'type', validator: { validate: isOne, defaultMessage: () => message } }),
  ]);
}

/** An object whose keys are free and whose values are such single things, or null: values by name. */
export function ScalarsField({
  optional,
  maxEntries,
  maxLength,
}: Presence & { readonly maxEntries: number; readonly maxLength: number }) {
  const value = { oneOf: [...scalarSchema(maxLength), { type: 'null' }], 'x-redact': true };
  const schema = { type: 'object', maxProperties: maxEntries, additionalProperties: value };
  const validate = (given: unknown): boolean => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
    const values = Object.values(given);
    return values.length <= maxEntries && values.every((one) => one === null || isScalar(one, maxLength));
  };
  const message = `must be an object of at most ${maxEntries} texts (of at most ${maxLength} characters), numbers and booleans`;
  return field({ kind: 'opaque' }, presenceOf(optional), schema as ApiPropertyOptions, [
    ValidateBy({ name: 'scalars', validator: { validate, defaultMessage: () => message } }),
  ]);
}

/** A client's own object, of any depth: taken as it is and never copied. */
export function JsonObjectField({ optional, redact }: Presence & Pick<TextBounds, 'redact'> = {}) {
  const schema = { type: 'object', additionalProperties: true, ...(redact && { 'x-redact': true }) };
  const isOne = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  return field({ kind: 'opaque' }, presenceOf(optional), schema as ApiPropertyOptions, [
    ValidateBy({ name: 'object', validator: { validate: isOne, defaultMessage: () => 'must be an object' } }),
  ]);
}

const presenceOf = (optional?: boolean, nullable?: boolean): Presence => ({
  ...(optional && { optional }),
  ...(nullable && { nullable }),
});

const itemBounds = (minItems?: number, maxItems?: number): Items => ({
  ...(minItems !== undefined && { minItems }),
  ...(maxItems !== undefined && { maxItems }),
});

const arrayChecks = (minItems?: number, maxItems?: number): PropertyDecorator[] => [
  IsArray(),
  ...(minItems === undefined ? [] : [ArrayMinSize(minItems)]),
  ...(maxItems === undefined ? [] : [ArrayMaxSize(maxItems)]),
];
