import { isObject, type JsonObject, type JsonValue } from '../../../completions/index.js';
import type { LeftOutList } from '../left-out-list.js';

/** Contents that nobody says to anybody: what a model thinks, and what it is told of its user. */
const UNSAID = new Set(['thoughts', 'reasoning_recap', 'user_editable_context', 'model_editable_context']);

/** Where contents that have no parts keep their text, in the order in which it is looked for. */
const TEXTS = ['text', 'result', 'content', 'summary'] as const;

/** What a message says. */
export interface Said {
  /** As it is to be read; empty for nothing. */
  readonly text: string;
  /** Code without its fence. */
  readonly raw: string;
}

/** The text of a content of ChatGPT's, with marks in place of what is none. */
export function saidIn(content: JsonObject, path: string, leftOut: LeftOutList): Said {
  const { content_type: type, parts } = content;
  if (typeof type === 'string' && UNSAID.has(type)) {
    leftOut.add(path, type);
    return { text: '', raw: '' };
  }
  if (Array.isArray(parts)) {
    const texts = parts.map((part, at) => partOf(part, `${path}.parts[${at}]`, leftOut));
    const text = texts.filter((part) => part !== '').join('\n');
    return { text, raw: text };
  }
  const raw = TEXTS.map((name) => content[name]).find(isSaid) ?? '';
  if (raw === '' && !TEXTS.some((name) => content[name] === '')) leftOut.add(path, type);
  return { text: type === 'code' && raw !== '' ? fenced(raw, content.language) : raw, raw };
}

function partOf(part: JsonValue, path: string, leftOut: LeftOutList): string {
  if (typeof part === 'string') return part;
  if (part === null) return '';
  if (!isObject(part)) return leftOut.marked(path, 'unknown');
  // Spoken words come with their transcript.
  if (isSaid(part.text)) return part.text;
  return leftOut.marked(path, part.content_type ?? part.type);
}

function fenced(code: string, language: JsonValue | undefined): string {
  const word = typeof language === 'string' && /^[\w+#-]{1,20}$/.test(language) ? language : '';
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${word === 'unknown' ? '' : word}\n${code}\n${fence}`;
}

const isSaid = (value: JsonValue | undefined): value is string => typeof value === 'string' && value !== '';
