import type { JsonObject, JsonValue } from '../../../completions/index.js';

export const TOOL_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type ToolMethod = (typeof TOOL_METHODS)[number];

/** Whether a tool gets arguments as the model wrote them, with tokens for what is personal, or with the values. */
export const RECEIVES = ['tokens', 'values'] as const;
export type Receives = (typeof RECEIVES)[number];

/** Texts by name. */
export type Texts = Readonly<Record<string, string>>;

/** Functions of most model servers are called so, OpenAI's included. */
export const FUNCTION_NAME = '^[A-Za-z0-9_-]{1,64}$';

/** Longest description that is told to models, in code units. */
export const MOST_DESCRIPTION = 4_000;

/**
 * How a call becomes a request. A text that is `{argument}` and nothing else stands for the argument's value, and for
 * nothing where that is left out; any other is sent as it is, with the values of its references to variables.
 */
export interface RequestPlan {
  readonly method: ToolMethod;
  /** Origin and path; in the path `{argument}` stands for a value. */
  readonly url: string;
  readonly query: Texts;
  readonly headers: Texts;
  /** Any JSON, in whose strings `{argument}` stands for a value of any kind; undefined for none. */
  readonly body?: JsonValue;
  /** Where arguments go that stand nowhere else. */
  readonly rest: 'query' | 'body' | 'nowhere';
}

/** What a model can call. */
export interface ToolFunction {
  readonly name: string;
  readonly description: string;
  /** JSON Schema (2020-12) of an object, without references. */
  readonly parameters: JsonObject;
  readonly request: RequestPlan;
}

const PLACEHOLDER = /^\{([\w.-]{1,64})\}$/;
const IN_PATH = /\{([\w.-]{1,64})\}/g;

/** The argument that a text stands for. */
export const argumentOf = (text: string): string | undefined => PLACEHOLDER.exec(text)?.[1];

/** The arguments that a URL's path holds. */
export const argumentsIn = (url: string): string[] => [...url.matchAll(IN_PATH)].map(([, name = '']) => name);

/** A URL with texts in the places of its arguments. */
export const urlWith = (url: string, textOf: (argument: string) => string): string =>
  url.replaceAll(IN_PATH, (_, name: string) => textOf(name));

/** The names that a function's arguments have. */
export function argumentNames({ properties }: JsonObject): string[] {
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}
