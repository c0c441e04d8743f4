import { isObject, type JsonObject, type JsonValue } from '../json.js';

/** As most write it, and as Python does. */
const CONTENT = ['"content":', '"content": '];

/** What does not stand in a JSON string as it is read: quotes, escapes, and control characters. */
const SPECIAL = /["\\\p{Cc}]/u;

/**
 * A part of a stream that brings a piece of one choice's content and nothing else, as its bytes. Nearly all parts of a stream are
 * the same but for that piece: those are told by their bytes, and need not be parsed.
 */
export class ContentPattern {
  private constructor(
    private readonly before: string,
    private readonly after: string,
    /** Of the choice. */
    readonly index: number,
    /** Without its content it says nothing, not even a role. */
    readonly isVoidWithout: boolean,
  ) {}

  /** @returns undefined for a part that says anything else, or from which others could not be told */
  static of(data: string, { choices, usage }: JsonObject): ContentPattern | undefined {
    if (!Array.isArray(choices) || choices.length !== 1 || isSaid(usage) || data.includes('\n'))
      return undefined;
    const [choice] = choices;
    if (!isObject(choice)) return undefined;
    const { delta, index, ...rest } = choice;
    if (!isObject(delta) || typeof index !== 'number' || Object.values(rest).some(isSaid)) return undefined;
    const { content, role, ...others } = delta;
    if (typeof content !== 'string' || Object.values(others).some(isSaid)) return undefined;
    if (isSaid(role) && typeof role !== 'string') return undefined;
    const around = textAround(data, content);
    return around && new ContentPattern(around.before, around.after, index, !isSaid(role));
  }

  /** The piece of content that a part brings which is the same otherwise; undefined for any other. */
  pieceOf(data: string): string | undefined {
    const { before, after } = this;
    if (data.length < before.length + after.length || !data.startsWith(before) || !data.endsWith(after))
      return undefined;
    const piece = data.slice(before.length, data.length - after.length);
    return SPECIAL.test(piece) ? undefined : piece;
  }

  /** Such a part with another piece. */
  with(piece: string): string {
    return this.before + JSON.stringify(piece).slice(1, -1) + this.after;
  }
}

const isSaid = (value: JsonValue | undefined): boolean => value !== null && value !== undefined;

/** What stands before and behind a part's content, within its quotes. */
function textAround(data: string, content: string): { before: string; after: string } | undefined {
  const written = JSON.stringify(content);
  const name = CONTENT.find((spelled) => data.includes(spelled + written));
  if (name === undefined) return undefined;
  const start = data.indexOf(name + written) + name.length;
  const before = data.slice(0, start + 1);
  const after = data.slice(start + written.length - 1);
  // Whether this is where its content stands, only reading another tells.
  const probe = content === '?' ? '!' : '?';
  return JSON.parse(before + probe + after).choices?.[0]?.delta?.content === probe
    ? { before, after }
    : undefined;
}
