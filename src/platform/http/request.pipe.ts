import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { type ValidationError, validateSync } from 'class-validator';
import { TimeSlice } from '../cooperation/time-slice.js';
import { invalidField } from '../errors/app-error.js';
import { type FieldKind, fieldsOf, isBodyOptional } from './field-registry.js';
import { rememberRules } from './validation-rules.js';

rememberRules();

/** Constraint names of class-validator that deserve a plainer word. */
const CONSTRAINTS: Readonly<Record<string, string>> = {
  isString: 'type',
  isNumber: 'type',
  isInt: 'type',
  isBoolean: 'type',
  isArray: 'type',
  data: 'type',
  nestedValidation: 'type',
  isIn: 'enum',
  matches: 'pattern',
  min: 'minimum',
  max: 'maximum',
  arrayMinSize: 'minItems',
  arrayMaxSize: 'maxItems',
};

/** So many objects of a list are looked at in one go. */
const AT_ONCE = 200;

/** What is left of a long list. */
interface Rest {
  readonly type: Type;
  readonly path: string;
  readonly sources: readonly unknown[];
  /** Those done; the list in the body. */
  readonly items: unknown[];
}

const OPTIONS = { forbidUnknownValues: false, stopAtFirstError: true };

/**
 * Makes bodies and queries into their DTO classes: refuses unknown fields by name, lets only declared fields
 * through, converts query texts, and reports the first fault as a 400 that says what is allowed.
 * Opaque fields are handed on untouched, however deep they are. Lists of more than {@link AT_ONCE} objects are gone
 * through bit by bit, so that nobody else waits for them; the result is then a promise.
 */
@Injectable()
export class RequestPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    const fields = metatype && fieldsOf(metatype);
    if (!fields || !metatype) return value;
    const source = value === undefined && type === 'query' ? {} : value;
    const rests: Rest[] = [];
    const instance =
      type === 'query' ? fromQuery(metatype, fields, source) : instantiate(metatype, source, '', rests);
    validate(instance, '');
    return rests.length === 0 ? instance : finish(rests).then(() => instance);
  }
}

function validate(instance: unknown, prefix: string): void {
  const [fault] = validateSync(instance as object, OPTIONS);
  if (fault) throw faultOf(fault, prefix);
}

/** Goes through long lists to their ends; what is found in them may add to the list of them. */
async function finish(rests: Rest[]): Promise<void> {
  const slice = new TimeSlice();
  for (const { type, path, sources, items } of rests) {
    while (items.length < sources.length) {
      const prefix = `${path}[${items.length}].`;
      const item = instantiate(type, sources[items.length], prefix, rests);
      validate(item, prefix);
      items.push(item);
      await slice.pause();
    }
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseUnknown(
  fields: ReadonlyMap<string, FieldKind>,
  source: object,
  prefix: string,
  what: string,
): void {
  const unknown = Object.keys(source).find((name) => !fields.has(name));
  if (unknown === undefined) return;
  const allowed = [...fields.keys()];
  const shown = `${prefix}${unknown.length > 100 ? `${unknown.slice(0, 100)}…` : unknown}`.toWellFormed();
  throw invalidField(shown, 'unknown', `Unknown ${what}: ${shown}. Allowed: ${allowed.join(', ')}.`, allowed);
}

function instantiate(type: Type, source: unknown, prefix: string, rests: Rest[]): unknown {
  const fields = fieldsOf(type) ?? new Map<string, FieldKind>();
  if (source === undefined && prefix === '') {
    if (isBodyOptional(type)) return new type();
    const allowed = [...fields.keys()];
    throw invalidField('body', 'required', `A JSON body is required, with: ${allowed.join(', ')}.`, allowed);
  }
  if (!isRecord(source)) throw invalidField(prefix.slice(0, -1) || 'body', 'type', 'must be a JSON object.');
  refuseUnknown(fields, source, prefix, 'field');
  const instance = new type();
  for (const [name, kind] of fields) {
    if (!Object.hasOwn(source, name)) continue;
    instance[name] = kind.nested
      ? nestedValue(kind, kind.nested(), source[name], prefix + name, rests)
      : source[name];
  }
  return instance;
}

function nestedValue(kind: FieldKind, type: Type, value: unknown, path: string, rests: Rest[]): unknown {
  if (kind.kind === 'object') return value === null ? null : instantiate(type, value, `${path}.`, rests);
  if (!Array.isArray(value)) return value;
  if (kind.maxItems !== undefined && value.length > kind.maxItems) {
    throw invalidField(
      path,
      'maxItems',
      `'${path}' has ${value.length} items; at most ${kind.maxItems} are allowed.`,
    );
  }
  const items = value
    .slice(0, AT_ONCE)
    .map((item: unknown, index) => instantiate(type, item, `${path}[${index}].`, rests));
  if (value.length > AT_ONCE) rests.push({ type, path, sources: value, items });
  return items;
}

function fromQuery(type: Type, fields: ReadonlyMap<string, FieldKind>, source: unknown): unknown {
  const query = isRecord(source) ? source : {};
  refuseUnknown(fields, query, '', 'parameter');
  const instance = new type();
  for (const [name, kind] of fields) {
    const text = Object.hasOwn(query, name) ? query[name] : undefined;
    if (text === undefined) continue;
    if (typeof text !== 'string') throw invalidField(name, 'single', `'${name}' may be given once only.`);
    instance[name] = fromText(kind, text);
  }
  return instance;
}

/** A query parameter's text as its type; what does not convert stays text and fails validation. */
function fromText({ kind }: FieldKind, text: string): unknown {
  if (kind === 'number') return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function faultOf(fault: ValidationError, prefix: string): Error {
  const index = /^\d+$/.test(fault.property) && prefix.endsWith('.');
  const path = index ? `${prefix.slice(0, -1)}[${fault.property}]` : `${prefix}${fault.property}`;
  const child = fault.children?.[0];
  if (child) return faultOf(child, `${path}.`);
  if (fault.value === undefined) return invalidField(path, 'required', `The '${path}' field is required.`);
  const [name = 'invalid', message = 'is not allowed'] = Object.entries(fault.constraints ?? {})[0] ?? [];
  const text = message.replace(new RegExp(`^(?:each value in )?${fault.property} `), '');
  const allowed = /must be one of the following values: (.+)$/.exec(text)?.[1]?.split(', ');
  return invalidField(path, CONSTRAINTS[name] ?? name, `'${path}' ${text}.`, allowed);
}
