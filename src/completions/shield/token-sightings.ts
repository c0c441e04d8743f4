import { TokenSighting } from '../../redaction/index.js';
import type { Resolution } from './conversation.js';
import type { RequestText } from './request-text.js';
import { KNOWN_TYPES } from './restorable-tokens.js';
import type { Stretch } from './spots.js';

interface Seen {
  readonly text: RequestText;
  readonly sighting: TokenSighting.Sighting;
  readonly code: string;
}

/** What has the form of a token in a request's texts. */
export class TokenSightings {
  private readonly seen: Seen[] = [];

  static *in(texts: readonly RequestText[]): Generator<void, TokenSightings> {
    const sightings = new TokenSightings();
    for (const text of texts) {
      const { text: searched } = text.value;
      if (!searched.includes('-')) continue;
      for (const batch of TokenSighting.sightTokens(searched)) {
        for (const sighting of batch) {
          const { code } = sighting;
          if (code !== undefined) sightings.seen.push({ text, sighting, code });
        }
        yield;
      }
    }
    return sightings;
  }

  get codes(): string[] {
    return [...new Set(this.seen.map(({ code }) => code))];
  }

  /** Tokens that were issued, by the texts they stand in. */
  issued(issued: ReadonlyMap<string, Resolution>): Map<RequestText, Stretch[]> {
    return byText(this.seen, ({ sighting, code }) => {
      const type = issued.get(code)?.type;
      if (type === undefined || !TokenSighting.endsInType(sighting.head, type)) return undefined;
      return { start: sighting.start - 1 - type.length, end: sighting.end };
    });
  }

  /** Text that looks like a token, by the texts it stands in, those that were issued included. */
  looksLike(customTypes: readonly string[]): Map<RequestText, Stretch[]> {
    const types = new Set([...KNOWN_TYPES, ...customTypes].map((type) => type.toUpperCase()));
    return byText(this.seen, ({ sighting: { head, run, start, end } }) => {
      // Numbers behind a dash are too common to be kept from a model.
      if (/^\d+$/.test(run)) return undefined;
      const type = typeIn(head, types) ?? (isCapital(head, run) ? head : undefined);
      return type === undefined ? undefined : { start: start - 1 - type.length, end };
    });
  }
}

function byText(
  seen: readonly Seen[],
  stretchOf: (seen: Seen) => Stretch | undefined,
): Map<RequestText, Stretch[]> {
  const stretches = new Map<RequestText, Stretch[]>();
  for (const one of seen) {
    const stretch = stretchOf(one);
    if (!stretch) continue;
    const known = stretches.get(one.text);
    if (known) known.push(stretch);
    else stretches.set(one.text, [stretch]);
  }
  return stretches;
}

/** The longest type that a head ends in. */
function typeIn(head: string, types: ReadonlySet<string>): string | undefined {
  for (let at = 0; ; ) {
    const type = head.slice(at);
    if (types.has(type.toUpperCase())) return type;
    const border = head.indexOf('_', at);
    if (border < 0) return undefined;
    at = border + 1;
  }
}

const isCapital = (head: string, run: string): boolean =>
  /^[A-Z][A-Z0-9_]*$/.test(head) && run === run.toUpperCase();
