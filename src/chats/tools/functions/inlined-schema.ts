import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { ToolFault } from '../tool-fault.js';
import { isUsablePattern } from './linear-patterns.js';

const MOST_NODES = 3_000;
const DEEPEST = 40;

/** Keywords of JSON Schema 2020-12 that say what a value is like, by what stands under them. */
const SCHEMAS = new Set(
  `additionalProperties contains contentSchema else if items not propertyNames then unevaluatedItems
   unevaluatedProperties allOf anyOf oneOf prefixItems`.split(/\s+/),
);
const SCHEMAS_BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const DATA = new Set(
  `type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems
   uniqueItems maxContains minContains maxProperties minProperties required dependentRequired format title description
   default examples deprecated contentEncoding contentMediaType`.split(/\s+/),
);

export interface InlineOptions {
  /** What references lead into. */
  readonly root: JsonValue;
  /**
   * What becomes of a schema within itself, which has no end: it is refused, or says nothing of the value (`open`). An
   * `open` document is also somebody else's: patterns that cannot be checked in linear time are left out, not refused.
   */
  readonly strictness: 'refuse' | 'open';
  /** OpenAPI 3.0's own dialect: `nullable`, and bounds that are flags. */
  readonly isOpenApi30?: boolean;
  /** Leaves out properties that are not to be sent. */
  readonly isSent?: boolean;
}

/**
 * A JSON Schema with what its references lead to in place of them, and without keywords that say nothing of a value: what
 * is left can be checked in a time that grows with schema and value, and means the same wherever it stands.
 */
export class SchemaInliner {
  private nodes = 0;
  private readonly open: string[] = [];

  constructor(private readonly options: InlineOptions) {}

  /** @throws ToolFault `reference`, `cycle`, `size`, `depth`, `pattern`, `type` */
  inline(schema: JsonValue | undefined, depth = 0): JsonValue {
    if (++this.nodes > MOST_NODES) throw new ToolFault('size', `more than ${MOST_NODES} schemas in one`);
    if (depth > DEEPEST) throw new ToolFault('depth', `schemas nested more than ${DEEPEST} levels deep`);
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema))
      throw new ToolFault('type', 'a schema that is neither an object nor true or false');
    const { $ref: reference, ...beside } = schema;
    if (reference === undefined) return this.members(beside, depth);
    return this.behind(reference, beside, depth);
  }

  /** What a reference leads to, with what stands beside it. */
  private behind(reference: JsonValue, beside: JsonObject, depth: number): JsonValue {
    if (typeof reference !== 'string') throw new ToolFault('reference', 'a $ref that is no text');
    if (this.open.includes(reference)) {
      if (this.options.strictness === 'refuse')
        throw new ToolFault('cycle', 'a schema that refers to itself');
      return {};
    }
    this.open.push(reference);
    const target = this.inline(resolved(this.options.root, reference), depth + 1);
    this.open.pop();
    if (!isObject(target)) return target;
    return { ...target, ...this.members(beside, depth) };
  }

  private members(schema: JsonObject, depth: number): JsonObject {
    const { isOpenApi30 = false } = this.options;
    const given = isOpenApi30 ? fromOpenApi30(schema) : schema;
    const entries: [string, JsonValue][] = [];
    for (const [name, value] of Object.entries(given)) {
      const member = this.member(name, value, depth);
      if (member !== undefined) entries.push([name, member]);
    }
    return this.withoutUnsent(Object.fromEntries(entries), given);
  }

  private member(name: string, value: JsonValue, depth: number): JsonValue | undefined {
    if (SCHEMAS_BY_NAME.has(name)) return this.byName(name, value, depth);
    if (SCHEMAS.has(name)) {
      if (!Array.isArray(value)) return this.inline(value, depth + 1);
      return value.map((one) => this.inline(one, depth + 1));
    }
    if (!DATA.has(name)) return undefined;
    if (name === 'pattern' && !this.takes(value)) return undefined;
    this.count(value, depth);
    return value;
  }

  private byName(name: string, value: JsonValue, depth: number): JsonObject {
    if (!isObject(value)) throw new ToolFault('type', `'${name}' that is no object`);
    const entries = Object.entries(value).filter(([key]) => name !== 'patternProperties' || this.takes(key));
    if (entries.some(([key]) => key === '__proto__'))
      throw new ToolFault('type', 'a property that is called __proto__');
    return Object.fromEntries(entries.map(([key, one]) => [key, this.inline(one, depth + 1)]));
  }

  private takes(pattern: JsonValue): boolean {
    if (typeof pattern !== 'string') throw new ToolFault('type', 'a pattern that is no text');
    if (isUsablePattern(pattern)) return true;
    if (this.options.strictness === 'open') return false;
    throw new ToolFault('pattern', 'a pattern that RE2 does not take, which checks in linear time');
  }

  /** What stands in enumerations and defaults counts too. */
  private count(value: JsonValue, depth: number): void {
    if (typeof value !== 'object' || value === null) return;
    if (depth > DEEPEST) throw new ToolFault('depth', `values nested more than ${DEEPEST} levels deep`);
    for (const inner of Object.values(value)) {
      if (++this.nodes > MOST_NODES) throw new ToolFault('size', `more than ${MOST_NODES} values in one`);
      this.count(inner, depth + 1);
    }
  }

  private withoutUnsent(schema: JsonObject, { properties: given }: JsonObject): JsonObject {
    const { properties, required } = schema;
    if (!this.options.isSent || !isObject(properties) || !isObject(given)) return schema;
    const isUnsent = (name: string): boolean => {
      const property = given[name];
      return isObject(property) && property.readOnly === true;
    };
    const kept = Object.entries(properties).filter(([name]) => !isUnsent(name));
    return {
      ...schema,
      properties: Object.fromEntries(kept),
      ...(Array.isArray(required) && { required: required.filter((name) => !isUnsent(String(name))) }),
    };
  }
}

/**
 * What a reference within a document leads to (RFC 6901, as a URI's fragment).
 * @throws ToolFault `reference` where it leads out of the document or nowhere
 */
export function resolved(root: JsonValue, reference: string): JsonValue {
  if (!reference.startsWith('#')) throw new ToolFault('reference', 'a $ref that leads out of the document');
  let at: JsonValue | undefined = root;
  for (const step of stepsOf(reference.slice(1))) {
    const own: boolean = typeof at === 'object' && at !== null && Object.hasOwn(at, step);
    at = own ? (at as JsonObject)[step] : undefined;
    if (at === undefined) throw new ToolFault('reference', 'a $ref that leads nowhere');
  }
  return at as JsonValue;
}

function stepsOf(fragment: string): string[] {
  if (fragment === '') return [];
  try {
    const [first, ...steps] = decodeURIComponent(fragment).split('/');
    if (first !== '') throw new ToolFault('reference', 'a $ref that is no JSON pointer');
    return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch (error) {
    throw error instanceof ToolFault ? error : new ToolFault('reference', 'a $ref that is no URI');
  }
}

function fromOpenApi30(schema: JsonObject): JsonObject {
  const { nullable, ...given } = schema;
  for (const bound of ['Minimum', 'Maximum']) {
    const [flag, limit] = [`exclusive${bound}`, bound.toLowerCase()];
    const isExclusive = given[flag];
    if (typeof isExclusive !== 'boolean') continue;
    delete given[flag];
    const value = given[limit];
    if (!isExclusive || value === undefined) continue;
    given[flag] = value;
    delete given[limit];
  }
  if (nullable !== true) return given;
  const { type, enum: values } = given;
  if (typeof type !== 'string') return given;
  return { ...given, type: [type, 'null'], ...(Array.isArray(values) && { enum: [...values, null] }) };
}
