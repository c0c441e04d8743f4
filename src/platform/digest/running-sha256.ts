import { createHash } from 'node:crypto';

/** SHA-256 over bytes that come piece by piece. */
export class RunningSha256 {
  private readonly hash = createHash('sha256');

  update(bytes: Buffer): void {
    this.hash.update(bytes);
  }

  /** Ends it: 32 bytes. */
  digest(): Buffer {
    return this.hash.digest();
  }
}
