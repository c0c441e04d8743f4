import type { FoundPassage } from '../../knowledge/index.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';

/** A passage of a knowledge base that an answer draws from. Offsets are code points of its document's text, end exclusive. */
export interface SourceCitation {
  /** What the answer calls it: `[1]`. */
  readonly index: number;
  readonly document_id: string;
  readonly knowledge_base_id: string;
  readonly filename: string;
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Most that a model is told of one request's sources, in UTF-16 code units. */
const MOST_UNITS = 24_000;

const INSTRUCTION = `Sources follow, each under its number. Answer the question from them alone, and put the number of each source you \
use in square brackets behind what you take from it, as in [1]. If they do not answer the question, say so.`;

const textOf = (content: JsonValue | undefined): string => {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .flatMap((part) => (isObject(part) && typeof part.text === 'string' ? [part.text] : []))
    .join('\n');
};

const messagesOf = (body: JsonObject): readonly JsonValue[] =>
  Array.isArray(body.messages) ? body.messages : [];

const isOfUser = (message: JsonValue): boolean => isObject(message) && message.role === 'user';

/** Longest question that is searched for, in UTF-16 code units. */
const LONGEST_QUESTION = 2_000;

/** What a request asks: the last message of the user, with the one before it where that alone says little. */
export function questionOf(body: JsonObject): string {
  const asked = messagesOf(body)
    .filter(isOfUser)
    .map((message) => textOf(isObject(message) ? message.content : undefined));
  const last = asked.at(-1) ?? '';
  const words = last.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const whole = words < 4 ? [asked.at(-2) ?? '', last].join('\n') : last;
  return whole.trim().slice(0, LONGEST_QUESTION).toWellFormed();
}

/** Passages that fit into what a model is told, in order. */
export function fitting(passages: readonly FoundPassage[]): FoundPassage[] {
  let units = 0;
  return passages.filter(({ text }) => {
    units += text.length;
    return units <= MOST_UNITS;
  });
}

function describe({ filename, page, headings, context, text }: FoundPassage, index: number): string {
  const place = [filename, ...(page === null ? [] : [`page ${page}`]), ...headings].join(', ');
  return `[${index}] ${place}\n${context === '' ? '' : `${context}\n`}${text}`;
}

/** The request with its sources before the question, for a model that writes. */
export function withSources(body: JsonObject, passages: readonly FoundPassage[]): JsonObject {
  if (passages.length === 0) return body;
  const content = [INSTRUCTION, ...passages.map((passage, at) => describe(passage, at + 1))].join('\n\n');
  return inserted(body, [{ role: 'system', content }]);
}

/** The same for a model that quotes: each passage is a message of its own, so that places within it are places within the source. */
export const withQuotable = (body: JsonObject, passages: readonly FoundPassage[]): JsonObject =>
  inserted(
    body,
    passages.map(({ text }) => ({ role: 'tool', content: text })),
  );

function inserted(body: JsonObject, more: readonly JsonValue[]): JsonObject {
  const messages = messagesOf(body);
  const at = insertionOf(body);
  return { ...body, messages: [...messages.slice(0, at), ...more, ...messages.slice(at)] };
}

/** Where sources go: before the message that asks. */
export const insertionOf = (body: JsonObject): number =>
  Math.max(0, messagesOf(body).findLastIndex(isOfUser));

export const citationOf = (
  { documentId, knowledgeBaseId, filename, page, start, end, text }: FoundPassage,
  index: number,
): SourceCitation => ({
  ...{ index, document_id: documentId, knowledge_base_id: knowledgeBaseId, filename, page, start, end, text },
});
