export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Prose and examples stand in the written contract alone. */
const PROSE = new Set(['summary', 'description', 'example', 'examples', 'tags']);

/** Keys whose order means nothing. */
const UNORDERED = new Set(['required', 'parameters']);

function resolve(document: JsonObject, reference: string): Json {
  let at: Json | undefined = document;
  for (const part of reference.slice(2).split('/')) at = isObject(at) ? at[part] : undefined;
  if (at === undefined) throw new Error(`${reference} leads nowhere`);
  return at;
}

/** A parameter is optional unless it says otherwise. */
const isDefault = (key: string, value: Json): boolean => key === 'required' && value === false;

/** References to responses and parameters are a way of writing; those to schemas name the schema. */
function inline(value: Json, document: JsonObject, inProperties: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => inline(item, document, false));
  if (!isObject(value)) return value;
  const reference = value.$ref;
  if (typeof reference === 'string') {
    if (!reference.startsWith('#/components/schemas/'))
      return inline(resolve(document, reference), document, false);
    return { $ref: reference };
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => inProperties || !(PROSE.has(key) || isDefault(key, item)))
      .map(([key, item]) => [key, order(key, inline(item, document, key === 'properties'))]),
  );
}

const order = (key: string, value: Json): Json =>
  UNORDERED.has(key) && Array.isArray(value)
    ? [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    : value;

/** Parameters of a path belong to each of its operations. */
function spread(item: JsonObject): JsonObject {
  const { parameters = [], ...operations } = item;
  return Object.fromEntries(
    Object.entries(operations).map(([method, operation]) => {
      if (!isObject(operation)) return [method, operation];
      const own = Array.isArray(operation.parameters) ? operation.parameters : [];
      return [method, { ...operation, parameters: [...(parameters as Json[]), ...own] }];
    }),
  );
}

/** Names of the schemas that paths reach, directly or through others. */
function reachable(paths: Json, schemas: JsonObject): Set<string> {
  const found = new Set<string>();
  const walk = (value: Json): void => {
    for (const item of Array.isArray(value) ? value : []) walk(item);
    if (!isObject(value)) return;
    const name = typeof value.$ref === 'string' ? value.$ref.split('/').pop() : undefined;
    if (name && !found.has(name)) {
      found.add(name);
      walk(schemas[name] ?? null);
    }
    for (const item of Object.values(value)) walk(item);
  };
  walk(paths);
  return found;
}

/** A document's meaning: operations with all they inherit, and the schemas they reach; no prose, no way of writing. */
export function normalize(document: Json): JsonObject {
  if (!isObject(document) || !isObject(document.paths)) throw new Error('not an OpenAPI document');
  const defaults = document.security ?? [];
  const paths: JsonObject = {};
  for (const [path, item] of Object.entries(document.paths)) {
    if (!isObject(item)) continue;
    const operations = inline(spread(item), document, false) as JsonObject;
    for (const operation of Object.values(operations)) {
      if (isObject(operation)) operation.security ??= defaults;
    }
    paths[path] = order('', operations);
    for (const operation of Object.values(operations)) {
      if (isObject(operation) && operation.parameters)
        operation.parameters = order('parameters', operation.parameters);
    }
  }
  const components = isObject(document.components) ? document.components : {};
  const all = (isObject(components.schemas) ? components.schemas : {}) as JsonObject;
  const names = [...reachable(paths, all)].sort();
  const schemas = Object.fromEntries(names.map((name) => [name, inline(all[name] ?? null, document, false)]));
  return { openapi: document.openapi ?? null, paths, components: { schemas } };
}

/** Every place where two documents differ, as JSON pointers with both values. */
export function differences(left: Json | undefined, right: Json | undefined, at = ''): string[] {
  if (isObject(left) && isObject(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
    return keys.flatMap((key) => differences(left[key], right[key], `${at}/${key.replaceAll('/', '~1')}`));
  }
  if (Array.isArray(left) && Array.isArray(right) && left.length === right.length) {
    return left.flatMap((item, index) => differences(item, right[index], `${at}/${index}`));
  }
  if (JSON.stringify(left) === JSON.stringify(right)) return [];
  return [`${at}: ${JSON.stringify(left)} ≠ ${JSON.stringify(right)}`];
}
