import * as Hashes from '../log/merkle-hash.js';

/** Bytes of a public key's digest that make an installation known. */
const NAME_BYTES = 8;

/** Whose log: an organization's, by its id, or that of the instance. */
export type LogOwner = string | 'instance';

/** What a log is called in its checkpoints: no two of the world have the same name. */
export const originOf = (publicKey: Buffer, owner: LogOwner): string =>
  `redoubt/${Hashes.sha256(publicKey).subarray(0, NAME_BYTES).toString('hex')}/${owner}`;
