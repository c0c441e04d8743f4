import { toCodePoints } from '../../knowledge/index.js';
import type { BuiltInAnswer, Citation } from '../built-in-model.js';
import type { JsonObject } from '../json.js';
import type { Ranked } from './ranking.js';
import { inReadingOrder } from './selection.js';
import { endOfUnits } from './usage-units.js';

export const NOTHING_FOUND = 'I found nothing about that in what I was given.';

/** What is said, before it takes the form of an answer. */
interface Said {
  readonly text: string;
  readonly citations: readonly Citation[];
  readonly finishReason: BuiltInAnswer['finishReason'];
}

interface Limits {
  readonly stops: readonly string[];
  readonly mostUnits: number;
}

export function limitsOf(body: JsonObject): Limits {
  const { stop, max_tokens: older, max_completion_tokens: newer } = body;
  const stops = (Array.isArray(stop) ? stop : [stop]).filter((one) => typeof one === 'string' && one !== '');
  const most = newer ?? older;
  return { stops: stops as string[], mostUnits: typeof most === 'number' ? most : Number.POSITIVE_INFINITY };
}

/** Where the text is to end, and whether that is for its length. A stop before the limit comes first. */
function endOf(
  text: string,
  { stops, mostUnits }: Limits,
): { end: number; finishReason: Said['finishReason'] } {
  const stop = Math.min(...stops.map((one) => text.indexOf(one)).filter((at) => at >= 0), text.length);
  const most = endOfUnits(text, mostUnits);
  return most < stop ? { end: most, finishReason: 'length' } : { end: stop, finishReason: 'stop' };
}

/** A sentence's citation, cut where what is said of it ends. */
function citationOf({ candidate, score }: Ranked, length: number, best: number): Citation {
  const { given, start } = candidate;
  const [from = 0, to = 0] = toCodePoints(given.text, [start, start + length]);
  return {
    message: given.message,
    ...(given.part !== undefined && { part: given.part }),
    start: from,
    end: to,
    text: given.text.slice(start, start + length),
    score: Math.round((score / best) * 1_000) / 1_000,
  };
}

/** Puts chosen sentences together in reading order: sentences of one text with a blank between, others on lines of their own. */
export function say(chosen: readonly Ranked[], limits: Limits): Said {
  if (chosen.length === 0) {
    const { end, finishReason } = endOf(NOTHING_FOUND, limits);
    return { text: NOTHING_FOUND.slice(0, end), citations: [], finishReason };
  }
  const ordered = chosen.toSorted((a, b) => inReadingOrder(a.candidate, b.candidate));
  const places: { readonly one: Ranked; readonly at: number }[] = [];
  let whole = '';
  for (const [index, one] of ordered.entries()) {
    const isSameText = ordered[index - 1]?.candidate.given === one.candidate.given;
    if (index > 0) whole += isSameText ? ' ' : '\n';
    places.push({ one, at: whole.length });
    whole += one.candidate.text;
  }
  const { end, finishReason } = endOf(whole, limits);
  const best = Math.max(...chosen.map(({ score }) => score));
  const citations = places
    .filter(({ at }) => at < end)
    .map(({ one, at }) => citationOf(one, Math.min(one.candidate.text.length, end - at), best));
  return { text: whole.slice(0, end), citations, finishReason };
}

/** A few words at a time, blanks kept; together they are the text. */
export const piecesOf = (text: string): string[] => text.match(/\s*(?:\S+\s*){1,5}/g) ?? [];
