import { Ajv2020 } from 'ajv/dist/2020.js';
import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { ToolFault } from '../tool-fault.js';
import { SchemaInliner } from './inlined-schema.js';
import { LINEAR_PATTERNS } from './linear-patterns.js';

/** Largest schema of one function's parameters, in bytes of JSON. */
export const MOST_SCHEMA_BYTES = 32 * 1024;

/** Arguments and properties are called so by every model server. */
const ARGUMENT_NAME = /^[\w.-]{1,64}$/;

const meta = new Ajv2020({ logger: false });

/**
 * The parameters of a function as they are kept: its references followed.
 * @throws ToolFault
 */
export function parametersOf(given: JsonObject): JsonObject {
  if (Buffer.byteLength(JSON.stringify(given)) > MOST_SCHEMA_BYTES) throw tooLarge();
  const schema = new SchemaInliner({ root: given, strictness: 'refuse' }).inline(given);
  if (!isObject(schema)) throw new ToolFault('type', 'no object');
  const { type = 'object', ...rest } = schema;
  if (type !== 'object') throw new ToolFault('type', 'a schema of something else than an object');
  return checkedParameters({ type, properties: {}, ...rest });
}

/** @throws ToolFault `schema`, `size`, `name` */
export function checkedParameters(schema: JsonObject): JsonObject {
  if (Buffer.byteLength(JSON.stringify(schema)) > MOST_SCHEMA_BYTES) throw tooLarge();
  if (meta.validateSchema(schema) !== true) {
    const [first] = meta.errors ?? [];
    throw new ToolFault(
      'schema',
      `no JSON Schema (2020-12): ${first?.keyword ?? 'invalid'} at a keyword's value`,
    );
  }
  const { properties = {} } = schema;
  const names = isObject(properties) ? Object.keys(properties) : [];
  if (!names.every((name) => ARGUMENT_NAME.test(name)))
    throw new ToolFault(
      'name',
      'an argument whose name is not 1 to 64 letters, digits, dots, dashes or underscores',
    );
  return schema;
}

/** Says what is wrong with arguments; undefined when nothing is. */
export type ArgumentCheck = (given: JsonValue) => string | undefined;

/** Compiles a schema as {@link parametersOf} gives it. */
export function argumentCheckOf(schema: JsonObject): ArgumentCheck {
  // One for each, for it remembers all that it compiled.
  const ajv = new Ajv2020({
    ...{ strict: false, validateSchema: false, validateFormats: false, meta: false, logger: false },
    ...{ inlineRefs: false, ownProperties: true, code: { regExp: LINEAR_PATTERNS } },
  });
  // Would compare every item with every other.
  ajv.removeKeyword('uniqueItems');
  const validate = ajv.compile(schema);
  return (given) => {
    if (validate(given)) return undefined;
    const [first] = validate.errors ?? [];
    const where = first?.instancePath ? `'${first.instancePath}'` : 'the arguments';
    return `${where} ${first?.message ?? 'are wrong'}`;
  };
}

const tooLarge = (): ToolFault =>
  new ToolFault('size', `a schema of more than ${MOST_SCHEMA_BYTES / 1024} KiB`);
