import type { Tx } from '../database/unit-of-work.js';

/** Seals configurations that are secrets, each bound to its name; the crypto module provides it. */
export abstract class ConfigVault {
  abstract seal(name: string, plaintext: string, db: Tx): Promise<Buffer>;
  abstract open(name: string, sealed: Buffer, db: Tx): Promise<string>;
}
