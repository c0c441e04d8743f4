import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import { CONNECTION_HEADERS } from '../../../platform/egress/egress-client.service.js';
import { hasDots, urlTemplateOf } from '../functions/function-tool.js';
import { SchemaInliner } from '../functions/inlined-schema.js';
import { checkedParameters } from '../functions/parameters-schema.js';
import { MOST_DESCRIPTION, type ToolFunction } from '../functions/tool-function.js';
import { ToolFault } from '../tool-fault.js';
import { type DocumentedOperation, followed } from './documented-operation.js';

/** OpenAPI says that these are said elsewhere. */
const OWN_HEADERS = ['accept', 'content-type', 'authorization'];

interface Parameter {
  readonly name: string;
  readonly place: 'path' | 'query' | 'header';
  readonly isRequired: boolean;
  readonly schema: JsonValue;
}

/**
 * An operation as a function: parameters by their names, a JSON body as `body`.
 * @throws ToolFault for what cannot be called so
 */
export function functionOf(
  document: JsonObject,
  serverUrl: string,
  documented: DocumentedOperation,
): ToolFunction {
  const { id, method, path, operation } = documented;
  const inliner = inlinerOf(document);
  const properties: Record<string, JsonValue> = {};
  const required: string[] = [];
  const add = (name: string, place: string, schema: JsonValue, isRequired: boolean): string => {
    const argument = argumentName(name, place, properties);
    properties[argument] = schema;
    if (isRequired) required.push(argument);
    return argument;
  };
  const places = {
    path: new Map<string, string>(),
    query: {} as Record<string, string>,
    header: {} as Record<string, string>,
  };
  for (const parameter of parametersOf(document, documented, inliner)) {
    const argument = add(parameter.name, parameter.place, parameter.schema, parameter.isRequired);
    if (parameter.place === 'path') places.path.set(parameter.name, argument);
    else
      places[parameter.place][parameter.place === 'header' ? parameter.name.toLowerCase() : parameter.name] =
        `{${argument}}`;
  }
  const url = urlTemplateOf(serverUrl + pathWith(path, places.path));
  const body = bodyOf(document, operation, inliner);
  const bodyArgument = body && add('body', 'request', body.schema, body.isRequired);
  const parameters = checkedParameters({
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
  });
  return {
    ...{ name: functionName(id), description: descriptionOf(operation), parameters },
    request: {
      ...{ method, url, query: places.query, headers: places.header, rest: 'nowhere' },
      ...(bodyArgument !== undefined && { body: `{${bodyArgument}}` }),
    },
  };
}

const inlinerOf = (document: JsonObject): SchemaInliner =>
  new SchemaInliner({
    ...{ root: document, strictness: 'open', isSent: true },
    isOpenApi30: String(document.openapi).startsWith('3.0'),
  });

/** Those of the operation, and those of its path that it has none of its own for. */
function parametersOf(
  document: JsonObject,
  { operation, shared }: DocumentedOperation,
  inliner: SchemaInliner,
): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const list of [shared.parameters, operation.parameters]) {
    if (!Array.isArray(list)) continue;
    for (const one of list) {
      const parameter = parameterOf(followed(document, one), inliner);
      if (parameter) found.set(`${parameter.place} ${parameter.name}`, parameter);
    }
  }
  return [...found.values()];
}

function parameterOf(given: JsonValue | undefined, inliner: SchemaInliner): Parameter | undefined {
  if (!isObject(given) || typeof given.name !== 'string')
    throw new ToolFault('parameter', 'a parameter without a name');
  const { name, in: place, required, description, content } = given;
  const isRequired = required === true || place === 'path';
  if (place !== 'path' && place !== 'query' && place !== 'header') {
    if (isRequired) throw new ToolFault('parameter', 'a parameter that has to be a cookie');
    return undefined;
  }
  const lower = name.toLowerCase();
  if (place === 'header' && OWN_HEADERS.includes(lower)) return undefined;
  const isHeader = /^[\w.-]{1,100}$/.test(name) && !CONNECTION_HEADERS.includes(lower);
  if (place === 'header' && !isHeader) throw new ToolFault('parameter', 'a header that cannot be set');
  const [media] = isObject(content) ? Object.values(content) : [];
  const schema = inliner.inline(given.schema ?? (isObject(media) ? media.schema : undefined) ?? {});
  return { name, place, isRequired, schema: described(schema, description) };
}

function bodyOf(document: JsonObject, operation: JsonObject, inliner: SchemaInliner) {
  const body = followed(document, operation.requestBody);
  if (!isObject(body)) return undefined;
  const isRequired = body.required === true;
  const types = isObject(body.content) ? Object.entries(body.content) : [];
  const [, media] = types.find(([type]) => /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) ?? [];
  if (!isObject(media)) {
    if (isRequired) throw new ToolFault('body', 'a body that cannot be JSON');
    return undefined;
  }
  return { schema: described(inliner.inline(media.schema ?? {}), body.description), isRequired };
}

function described(schema: JsonValue, description: JsonValue | undefined): JsonValue {
  if (typeof description !== 'string' || description === '' || !isObject(schema)) return schema;
  return { ...schema, description: description.slice(0, MOST_DESCRIPTION) };
}

function descriptionOf({ summary, description }: JsonObject): string {
  const texts = [summary, description].filter((text) => typeof text === 'string' && text.trim() !== '');
  return [...new Set(texts)].join('\n\n').slice(0, MOST_DESCRIPTION);
}

/** Letters, digits, dots, dashes and underscores, and not taken. */
function argumentName(name: string, place: string, taken: Readonly<Record<string, JsonValue>>): string {
  const clean = name.replaceAll(/[^\w.-]+/g, '_').slice(0, 50) || 'argument';
  let fresh = clean === '__proto__' ? 'proto' : clean;
  if (Object.hasOwn(taken, fresh)) fresh = `${fresh}_${place}`;
  for (let count = 2; Object.hasOwn(taken, fresh); count++) fresh = `${clean}_${place}_${count}`;
  return fresh;
}

function functionName(id: string): string {
  if (/^[\w-]{1,64}$/.test(id)) return id;
  const clean = id.replaceAll(/[^A-Za-z0-9-]+/g, '_').replaceAll(/^_+|_+$/g, '');
  return clean.slice(0, 64) || 'operation';
}

/** A path with arguments in place of its parameters. */
function pathWith(path: string, names: ReadonlyMap<string, string>): string {
  if (hasDots(path) || /[?#]/.test(path)) throw new ToolFault('url', 'a path that is none');
  return path.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const argument = names.get(name);
    if (argument === undefined) throw new ToolFault('parameter', 'a part of its path that is no parameter');
    return `{${argument}}`;
  });
}
