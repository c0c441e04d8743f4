import { type AppError, invalidField } from '../../platform/errors/app-error.js';
import { headersOf, requestPlanOf, textsOf } from './functions/function-tool.js';
import { parametersOf } from './functions/parameters-schema.js';
import { openApiOf } from './openapi/openapi-text.js';
import { documentedFunctions } from './openapi/operations.js';
import { serverUrlOf } from './openapi/server-url.js';
import type { Tool, ToolChoice, ToolContent, ToolKind } from './tool.js';
import { ToolFault } from './tool-fault.js';

const OF_FUNCTIONS = ['parameters', 'request'] as const;
const OF_OPENAPI = ['openapi', 'serverUrl', 'operations', 'headers', 'query'] as const;

const FIELDS: Readonly<Record<string, string>> = { serverUrl: 'server_url' };
const fieldOf = (name: string): string => FIELDS[name] ?? name;

/** What a new tool is. @throws AppError VALIDATION_ERROR */
export function newDefinition(choice: ToolChoice): {
  readonly kind: ToolKind;
  readonly content: ToolContent;
} {
  const { name, description = '', request, openapi } = choice;
  if (name === undefined) throw invalidField('name', 'required', "The 'name' field is required.");
  if ((request === undefined) === (openapi === undefined)) {
    const message =
      "Give either 'request' (and 'parameters') for one function, or 'openapi' for the operations of a document.";
    throw invalidField(request === undefined ? 'request' : 'openapi', 'exclusive', message);
  }
  const kind = request === undefined ? 'openapi' : 'function';
  const blank = {
    name,
    description,
    functions: [],
    headers: {},
    query: {},
    request: null,
    serverUrl: null,
    skipped: [],
  };
  return { kind, content: contentOf(kind, blank, choice) };
}

/** What a tool is after a change; what the change does not say stays. @throws AppError VALIDATION_ERROR */
export function changedDefinition(tool: Tool, change: ToolChoice): ToolContent {
  const { name, description, functions, headers, query, request, serverUrl, skipped } = tool;
  const before = { name, description, functions, headers, query, request, serverUrl, skipped };
  const named = { ...before, name: change.name ?? name, description: change.description ?? description };
  return contentOf(tool.kind, named, change);
}

function contentOf(kind: ToolKind, before: ToolContent, choice: ToolChoice): ToolContent {
  const foreign = (kind === 'function' ? OF_OPENAPI : OF_FUNCTIONS).find(
    (name) => choice[name] !== undefined,
  );
  if (foreign !== undefined) {
    const what =
      kind === 'function'
        ? 'a function that is described by itself'
        : 'the operations of an OpenAPI document';
    throw invalidField(
      fieldOf(foreign),
      'unsupported',
      `This tool is ${what}, which '${fieldOf(foreign)}' is not for.`,
    );
  }
  return kind === 'function' ? functionContent(before, choice) : openApiContent(before, choice);
}

function functionContent(
  before: ToolContent,
  { parameters: given, request: asked }: ToolChoice,
): ToolContent {
  const { name, description, functions } = before;
  const parameters = given
    ? within('parameters', () => parametersOf(given))
    : (functions[0]?.parameters ?? { type: 'object', properties: {} });
  const request = asked ?? before.request;
  if (!request) throw invalidField('request', 'required', "The 'request' field is required.");
  const plan = within('request', () => requestPlanOf(request, parameters));
  return { ...before, request, functions: [{ name, description, parameters, request: plan }] };
}

function openApiContent(before: ToolContent, choice: ToolChoice): ToolContent {
  const headers =
    choice.headers === undefined ? before.headers : within('headers', () => headersOf(choice.headers));
  const query =
    choice.query === undefined ? before.query : within('query', () => textsOf(choice.query, 'query'));
  const { openapi, serverUrl: given, operations } = choice;
  if (openapi === undefined) {
    const lacking = given !== undefined ? 'server_url' : operations !== undefined ? 'operations' : undefined;
    if (lacking !== undefined) {
      const message = `'${lacking}' is about a document, which is not kept: send it in 'openapi' too.`;
      throw invalidField('openapi', 'required', message);
    }
    return { ...before, headers, query };
  }
  const document = within('openapi', () => openApiOf(openapi));
  const serverUrl = within('server_url', () => serverUrlOf(document, given));
  const found = within(operations ? 'operations' : 'openapi', () =>
    documentedFunctions(document, serverUrl, operations),
  );
  return { ...before, headers, query, serverUrl, functions: found.functions, skipped: found.skipped };
}

/** Says of which field a fault is. */
function within<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ToolFault)) throw error;
    throw faultOf(field, error);
  }
}

function faultOf(field: string, { constraint, found }: ToolFault): AppError {
  return invalidField(field, constraint, `'${field}' holds ${found}.`);
}
