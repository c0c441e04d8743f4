import { canonicalJson, type JsonValue } from '../log/canonical-json.js';
import { entryFields } from '../log/export-lines.js';
import type { entryOfHead } from '../log/log-entry.js';
import { leafHash } from '../log/merkle-hash.js';

/** One thing that a collector is told. */
export interface StreamMessage {
  /** What happened: an entry's action, or `head`, `taken` or `checkpoint`. */
  readonly event: string;
  /** ISO 8601, in UTC. */
  readonly createdAt: string;
  /** What is told in clear, by name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Canonical JSON: of an entry its line as exports have it. */
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

/** An entry that is kept no longer: its place, and the hash that is left of it. */
export const messageOfTaken = (
  leaf: number,
  hash: Buffer,
  { organizationId, headAt }: { readonly organizationId: string; readonly headAt: Date },
): StreamMessage => ({
  event: 'taken',
  createdAt: headAt.toISOString(),
  fields: { leaf: String(leaf), organization_id: organizationId },
  text: canonicalJson({ leaf, leaf_hash: hash.toString('hex'), organization_id: organizationId }),
});

/** An entry of the instance's log: how far that of an organization had come. */
export const messageOfHead = (
  leaf: number,
  head: ReturnType<typeof entryOfHead>,
  createdAt: Date,
): StreamMessage => {
  const { organization_id, size, root } = head;
  return {
    event: 'head',
    createdAt: createdAt.toISOString(),
    fields: { leaf: String(leaf), organization_id, size: String(size), root },
    text: canonicalJson({ head, leaf, leaf_hash: leafHash(canonicalJson(head)).toString('hex') }),
  };
};

/** @param note of the instance's log; `origin`, `size` and `key`, which verifies it, are what it is about */
export const messageOfCheckpoint = (
  note: string,
  { origin, size, key }: { readonly origin: string; readonly size: number; readonly key: string },
  now: Date,
): StreamMessage => ({
  event: 'checkpoint',
  createdAt: now.toISOString(),
  fields: { origin, size: String(size) },
  text: canonicalJson({ checkpoint: note, verifier_key: key }),
});
