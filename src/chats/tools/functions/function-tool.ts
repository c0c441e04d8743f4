import type { JsonObject, JsonValue } from '../../../completions/index.js';
import { CONNECTION_HEADERS } from '../../../platform/egress/egress-client.service.js';
import { ToolFault } from '../tool-fault.js';
import {
  argumentNames,
  argumentOf,
  argumentsIn,
  type RequestPlan,
  type Texts,
  type ToolMethod,
  urlWith,
} from './tool-function.js';

/** A request as a client describes it. */
export interface GivenRequest {
  readonly method: ToolMethod;
  readonly url: string;
  readonly query?: object | undefined;
  readonly headers?: object | undefined;
  readonly body?: JsonValue | undefined;
}

const MOST_TEXTS = 50;
const MOST_TEXT = 2_000;
export const MOST_URL = 2_000;
const MOST_BODY_BYTES = 16 * 1024;

const HEADER_NAME = /^[!#$%&'*+.^_`|~\w-]{1,100}$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether a text can be a header's value (RFC 9110, section 5.5). */
export const isHeaderValue = (text: string): boolean => HEADER_VALUE.test(text);

/**
 * How calls of a function become requests.
 * @throws ToolFault `url`, `argument`, `texts`, `header`, `size`
 */
export function requestPlanOf(given: GivenRequest, parameters: JsonObject): RequestPlan {
  const { method, body } = given;
  const url = urlTemplateOf(given.url);
  const query = textsOf(given.query, 'query');
  const headers = headersOf(given.headers);
  if (body !== undefined && Buffer.byteLength(JSON.stringify(body)) > MOST_BODY_BYTES)
    throw new ToolFault('size', `a body of more than ${MOST_BODY_BYTES / 1024} KiB`);
  const used = [
    ...argumentsIn(url),
    ...namedIn({ ...query }),
    ...namedIn({ ...headers }),
    ...namedIn(body ?? null),
  ];
  const known = new Set(argumentNames(parameters));
  if (!used.every((name) => known.has(name)))
    throw new ToolFault('argument', "an {argument} that 'parameters' has no property for");
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const rest = hasBody
    ? body === undefined
      ? 'body'
      : 'nowhere'
    : given.query === undefined
      ? 'query'
      : 'nowhere';
  return { method, url, query, headers, ...(body !== undefined && { body }), rest };
}

/**
 * A URL whose path may hold arguments.
 * @throws ToolFault `url`
 */
export function urlTemplateOf(template: string): string {
  const probe = urlWith(template, () => 'x');
  const isPlain = template.length <= MOST_URL && /^https?:\/\//i.test(template) && URL.canParse(probe);
  if (!isPlain || /[{}\s\\]/.test(probe))
    throw new ToolFault('url', 'no http or https URL with arguments in its path');
  const url = new URL(probe);
  if (url.search !== '' || url.hash !== '' || template.includes('#'))
    throw new ToolFault('url', "a URL with a query or fragment: what is asked stands in 'query'");
  if (url.username !== '' || url.password !== '') throw new ToolFault('url', 'a URL with user or password');
  const [, origin = ''] = /^(\w+:\/\/[^/]*)/.exec(template) ?? [];
  if (argumentsIn(origin).length > 0) throw new ToolFault('url', 'an argument outside of the path');
  if (hasDots(probe)) throw new ToolFault('url', 'a path with . or .. in it');
  return template;
}

/** Whether a path would be another once the URL standard has resolved its dots. */
export const hasDots = (url: string): boolean =>
  /(?:^|\/)(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(url.replace(/^[a-z]+:\/\//i, ''));

/** @throws ToolFault `texts`, `header` */
export function headersOf(given: object | undefined): Texts {
  const texts = Object.entries(textsOf(given, 'headers')).map(
    ([name, text]) => [name.toLowerCase(), text] as const,
  );
  if (texts.some(([name]) => !HEADER_NAME.test(name) || CONNECTION_HEADERS.includes(name)))
    throw new ToolFault('header', 'a name that no header has, or one of the connection’s own');
  if (texts.some(([, text]) => !isHeaderValue(text)))
    throw new ToolFault('header', 'a value with line ends or signs that headers cannot hold');
  return Object.fromEntries(texts);
}

/** @throws ToolFault `texts` */
export function textsOf(given: object | undefined, what: string): Texts {
  const entries: [string, unknown][] = Object.entries(given ?? {});
  const isRight = ([name, text]: [string, unknown]): boolean =>
    name.length > 0 &&
    name.length <= 100 &&
    name !== '__proto__' &&
    typeof text === 'string' &&
    text.length <= MOST_TEXT;
  if (entries.length > MOST_TEXTS || !entries.every(isRight))
    throw new ToolFault(
      'texts',
      `'${what}' that is not an object of at most ${MOST_TEXTS} texts of at most ${MOST_TEXT} characters`,
    );
  return Object.fromEntries(entries) as Texts;
}

/** The arguments that stand in a template. */
function namedIn(template: JsonValue): string[] {
  if (typeof template === 'string') return [argumentOf(template) ?? []].flat();
  if (typeof template !== 'object' || template === null) return [];
  return Object.values(template).flatMap(namedIn);
}
