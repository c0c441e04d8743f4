import { canonicalJson, type JsonValue } from '../log/canonical-json.js';
import { entryFields } from '../log/export-lines.js';

/** One thing that a collector is told. */
export interface StreamMessage {
  /** What happened: an entry's action, or `checkpoint`. */
  readonly event: string;
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
  /** What is told in clear, by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Canonical JSON: of an entry its line as exports have it, of a checkpoint the signed note. */
  readonly text: string;
}

/** An entry of an organization's log, with its place. */
export interface PlacedEntry {
  readonly leaf: number;
  readonly hash: Buffer;
  readonly entry: { readonly [name: string]: JsonValue } & {
    readonly action: string;
    readonly created_at: string;
  };
}

/** Nothing that is sealed is told, as in exports: of that there is but the digest. */
export const messageOfEntry = ({ leaf, hash, entry }: PlacedEntry): StreamMessage => ({
  event: entry.action,
  createdAt: entry.created_at,
  fields: Object.fromEntries(
    [['leaf', leaf] as const, ...Object.entries(entry)]
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, typeof value === 'string' ? value : canonicalJson(value)]),
  ),
  text: canonicalJson(entryFields(leaf, hash, entry)),
});

/** @param note of the instance's log; `origin` and `size` are what it is about */
export const messageOfCheckpoint = (
  note: string,
  { origin, size }: { readonly origin: string; readonly size: number },
  now: Date,
): StreamMessage => ({
  event: 'checkpoint',
  createdAt: now.toISOString(),
  fields: { origin, size: String(size) },
  text: canonicalJson({ checkpoint: note }),
});
