import { timingSafeEqual } from 'node:crypto';
import { Coalescer } from '../platform/database/coalescer.js';
import { sha256 } from '../platform/digest/sha256.js';

/** What is kept of a secret: its SHA-256, which is enough since secrets are random. */
interface HashedRow {
  readonly hash: Buffer;
}

/** Finds rows by their secret, always anew; look-ups of one moment share a query. */
export class SecretLookUps<Row extends HashedRow> {
  private readonly lookUps: Coalescer<Buffer, Row | undefined>;

  /** @param findAll the rows with these hashes, in whatever order */
  constructor(findAll: (hashes: readonly Buffer[]) => Promise<readonly Row[]>) {
    this.lookUps = new Coalescer(async (hashes) => {
      const byHash = new Map((await findAll(hashes)).map((row) => [row.hash.toString('latin1'), row]));
      return hashes.map((hash) => byHash.get(hash.toString('latin1')));
    });
  }

  async find(secret: string): Promise<Row | undefined> {
    const hash = sha256(secret);
    const row = await this.lookUps.run(hash);
    return row && timingSafeEqual(row.hash, hash) ? row : undefined;
  }
}
