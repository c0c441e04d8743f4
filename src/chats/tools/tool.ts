import type { JsonObject } from '../../completions/index.js';
import type { GivenRequest } from './functions/function-tool.js';
import type { Receives, Texts, ToolFunction } from './functions/tool-function.js';
import type { SkippedOperation } from './openapi/operations.js';

/** Tools of one organization. */
export const MOST_TOOLS = 200;

/** A function that a client describes, or the operations of an OpenAPI document. */
export const TOOL_KINDS = ['function', 'openapi'] as const;
export type ToolKind = (typeof TOOL_KINDS)[number];

/** What of a tool is kept sealed. Values of variables are not among it: only references to them. */
export interface ToolContent {
  readonly name: string;
  readonly description: string;
  readonly functions: readonly ToolFunction[];
  /** Headers, and parts of the query, that all requests of an OpenAPI document's functions have. */
  readonly headers: Texts;
  readonly query: Texts;
  /** As the client wrote it; null for an OpenAPI document. */
  readonly request: GivenRequest | null;
  /** Null for a function. */
  readonly serverUrl: string | null;
  readonly skipped: readonly SkippedOperation[];
}

/** A tool as it lies in the database. */
export interface ToolRow {
  readonly id: string;
  readonly organizationId: string;
  readonly kind: ToolKind;
  readonly receives: Receives;
  readonly contentSealed: Buffer;
  readonly functionCount: number;
  readonly version: number;
  readonly createdBy: string;
  /** Who wrote it last: with whose rights variables are read for it. */
  readonly authorId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface Tool extends Omit<ToolRow, 'contentSealed'>, ToolContent {}

/** How a function that a client describes is called. */
export interface FunctionChoice {
  readonly parameters?: JsonObject | undefined;
  readonly request?: GivenRequest | undefined;
}

/** Which operations of which document are a tool's functions, and what all their requests have. */
export interface OpenApiChoice {
  /** The document, or its text. */
  readonly openapi?: unknown;
  readonly serverUrl?: string | undefined;
  readonly operations?: readonly string[] | undefined;
  readonly headers?: object | undefined;
  readonly query?: object | undefined;
}

/** What a client says of a tool; absent fields are not said. */
export interface ToolChoice extends FunctionChoice, OpenApiChoice {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly receives?: Receives | undefined;
}

/** Texts of a tool that may refer to variables. */
export function referringTexts({
  functions,
  headers,
  query,
}: Pick<ToolContent, 'functions' | 'headers' | 'query'>): string[] {
  const own = functions.flatMap(({ request }) => [
    ...Object.values(request.headers),
    ...Object.values(request.query),
  ]);
  return [...new Set([...Object.values(headers), ...Object.values(query), ...own])].filter((text) =>
    text.includes('${'),
  );
}
