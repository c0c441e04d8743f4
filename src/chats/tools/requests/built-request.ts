import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import type { EgressRequest } from '../../../platform/egress/egress-client.service.js';
import { hasDots, isHeaderValue } from '../functions/function-tool.js';
import {
  argumentNames,
  argumentOf,
  argumentsIn,
  type RequestPlan,
  type Texts,
  type ToolFunction,
  urlWith,
} from '../functions/tool-function.js';

/** Longest URL, in characters. */
const MOST_URL = 8_000;

/** What is asked of a server, before it is. */
export type BuiltRequest = Pick<EgressRequest, 'method' | 'url' | 'headers' | 'body'>;

/** Arguments from which no request can be made; its message is for the model. */
export class ArgumentFault extends Error {
  override readonly name = 'ArgumentFault';
}

/**
 * The request that a call is.
 * @param own headers and parts of the query that all requests of the tool have
 * @param filled a text with the values of its references to variables
 * @throws ArgumentFault
 */
export function builtRequest(
  { parameters, request }: Pick<ToolFunction, 'parameters' | 'request'>,
  own: { readonly headers: Texts; readonly query: Texts },
  given: JsonObject,
  filled: (text: string) => string,
): BuiltRequest {
  const call = new Call(request, given, filled);
  const rest = restOf(parameters, request, given);
  const query = call.query({ ...own.query, ...request.query }, request.rest === 'query' ? rest : {});
  const url = call.url() + (query === '' ? '' : `?${query}`);
  if (url.length > MOST_URL) throw new ArgumentFault('The arguments are too long for a URL.');
  const body = call.body(request.rest === 'body' ? rest : undefined);
  const headers = {
    ...{ accept: 'application/json, text/*;q=0.9, */*;q=0.1' },
    ...(body && { 'content-type': 'application/json' }),
    ...call.headers({ ...own.headers, ...request.headers }),
  };
  return { method: request.method, url, headers, body };
}

class Call {
  constructor(
    private readonly plan: RequestPlan,
    private readonly given: JsonObject,
    private readonly filled: (text: string) => string,
  ) {}

  url(): string {
    const url = urlWith(this.plan.url, (name) => {
      const text = scalarOf(this.valueOf(name));
      if (text === undefined || text === '')
        throw new ArgumentFault(`'${name}' must be a text or a number that is not empty.`);
      return encodeURIComponent(text);
    });
    // Other parts of the path may be dots already.
    if (hasDots(url)) throw new ArgumentFault("An argument of the path must not be '.' or '..'.");
    return url;
  }

  query(texts: Texts, rest: JsonObject): string {
    const query = new URLSearchParams();
    const put = (name: string, value: JsonValue | undefined): void => {
      for (const one of Array.isArray(value) ? value : [value ?? null])
        if (one !== null) query.append(name, scalarOf(one) ?? JSON.stringify(one));
    };
    for (const [name, text] of Object.entries(texts)) put(name, this.meant(text));
    for (const [name, value] of Object.entries(rest)) put(name, value);
    return query.toString();
  }

  headers(texts: Texts): Record<string, string> {
    const headers: [string, string][] = [];
    for (const [name, text] of Object.entries(texts)) {
      const value = this.meant(text);
      if (value === undefined || value === null) continue;
      const spelled = Array.isArray(value)
        ? value.map((one) => scalarOf(one) ?? JSON.stringify(one)).join(',')
        : (scalarOf(value) ?? JSON.stringify(value));
      if (!isHeaderValue(spelled))
        throw new ArgumentFault(`The header '${name}' cannot hold line ends or signs beyond Latin-1.`);
      headers.push([name, spelled]);
    }
    return Object.fromEntries(headers);
  }

  body(rest: JsonObject | undefined): Buffer | undefined {
    const value = rest ?? (this.plan.body === undefined ? undefined : this.within(this.plan.body));
    return value === undefined ? undefined : Buffer.from(JSON.stringify(value));
  }

  /** A template with values in place of arguments; what stands for one that is left out is left out too. */
  private within(template: JsonValue): JsonValue | undefined {
    if (typeof template === 'string') {
      const argument = argumentOf(template);
      return argument === undefined ? template : this.valueOf(argument);
    }
    if (Array.isArray(template))
      return template.map((one) => this.within(one)).filter((one) => one !== undefined);
    if (!isObject(template)) return template;
    const entries = Object.entries(template).map(([name, one]) => [name, this.within(one)] as const);
    return Object.fromEntries(
      entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
    );
  }

  private meant(text: string): JsonValue | undefined {
    const argument = argumentOf(text);
    return argument === undefined ? this.filled(text) : this.valueOf(argument);
  }

  private valueOf(argument: string): JsonValue | undefined {
    return Object.hasOwn(this.given, argument) ? this.given[argument] : undefined;
  }
}

const scalarOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;

/** Arguments that stand nowhere in a request; those that the function does not have among them, where it takes any. */
function restOf(
  parameters: JsonObject,
  { url, query, headers, body }: RequestPlan,
  given: JsonObject,
): JsonObject {
  const used = new Set([
    ...argumentsIn(url),
    ...[query, headers].flatMap(Object.values).map((text) => argumentOf(String(text))),
  ]);
  const known = argumentNames(parameters);
  return Object.fromEntries(
    Object.entries(given).filter(([name]) => !used.has(name) && (body === undefined || known.includes(name))),
  );
}
