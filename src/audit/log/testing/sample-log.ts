import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JsonValue } from '../canonical-json.js';
import { signCheckpoint } from '../checkpoint.js';
import { CompactRange, nodesOf } from '../compact-range.js';
import { ExportWriter } from '../export-lines.js';
import { entryOfRow, entryText } from '../log-entry.js';
import { hashText, leafHash, sha256 } from '../merkle-hash.js';
import { type NodeReader, rootAt } from '../merkle-proofs.js';
import { verifierKey } from '../signed-note.js';

/** What the instance of {@link ORIGIN} calls its log. */
export const INSTANCE = 'redoubt/0123456789abcdef/instance';
export const ORIGIN = 'redoubt/0123456789abcdef/org_sample';

/** A key that signs logs. */
export class SampleSigner {
  readonly publicKey: Buffer;
  private readonly key: KeyObject;

  constructor() {
    const pair = generateKeyPairSync('ed25519');
    this.key = pair.privateKey;
    this.publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  }

  get verifier() {
    return this.verifierOf(ORIGIN);
  }

  verifierOf(name: string) {
    return { name, publicKey: this.publicKey };
  }

  readonly sign = async (bytes: Buffer): Promise<Buffer> => sign(null, bytes, this.key);
}

export const sampleEntries = (count: number): JsonValue[] =>
  Array.from({ length: count }, (_, at) =>
    entryOfRow({
      ...{
        id: `audit_${at}`,
        number: at * 3 + 1,
        organizationId: 'org_sample',
        projectId: at % 2 ? 'proj_1' : null,
      },
      ...{ actorType: 'user', actorId: 'user_1', userId: 'user_1', subjectUserId: null },
      ...{ action: 'text.processed', targetType: null, targetId: null, requestId: `req_${at}` },
      ...{
        counts: { entities: at },
        createdAt: new Date(1_760_000_000_000 + at),
        sealedDigest: sha256(`sealed ${at}`),
      },
    }),
  );

/** A log in memory, and exports of it. */
export class SampleLog {
  constructor(
    readonly entries: readonly JsonValue[],
    readonly signer = new SampleSigner(),
    private readonly origin = ORIGIN,
  ) {}

  private readonly read: NodeReader = async (nodes) =>
    nodes.map(({ level, index }) => {
      const range = new CompactRange();
      for (const hash of this.hashes().slice(index * 2 ** level, (index + 1) * 2 ** level))
        range.append(hash);
      return range.root();
    });

  private hashes(): Buffer[] {
    return this.entries.map((entry) => leafHash(entryText(entry)));
  }

  async checkpoint(size = this.entries.length): Promise<string> {
    const { publicKey, sign: by } = this.signer;
    return signCheckpoint({ origin: this.origin, size, root: await rootAt(size, this.read) }, publicKey, by);
  }

  root(size: number): Promise<Buffer> {
    return rootAt(size, this.read);
  }

  /** An export of all, with but the hashes of the first entries. */
  exportWithout(taken: number): Promise<string> {
    return this.export(0, this.entries.length, taken);
  }

  async export(begin = 0, end = this.entries.length, taken = 0): Promise<string> {
    const writer = new ExportWriter(this.signer.verifierOf(this.origin));
    const size = this.entries.length;
    const [before, after] = [await this.read(nodesOf(0, begin)), await this.read(nodesOf(end, size))];
    const head = writer.head({
      ...{
        origin: this.origin,
        verifier_key: verifierKey(this.signer.verifierOf(this.origin)),
        size,
        first_leaf: begin,
        leaves: end - begin,
      },
      ...{ from: null, to: null, exported_at: '2026-03-15T10:30:00.000Z', before: before.map(hashText) },
    });
    const hashes = this.hashes();
    const lines = this.entries
      .slice(begin + taken, end)
      .map((entry, at) => [begin + taken + at, entry] as const)
      .map(
        ([leaf, entry]) =>
          () =>
            writer.entry(leaf, hashes[leaf] as Buffer, entry),
      );
    if (taken > 0) lines.unshift(() => writer.segment(begin, hashes.slice(begin, begin + taken)));
    const finish = { after: after.map(hashText), checkpoint: await this.checkpoint() };
    const written = lines.map((line) => line());
    return [head, ...written, await writer.end(finish, this.signer.sign)].join('');
  }
}
