import { Injectable } from '@nestjs/common';
import { InstanceSigner } from '../../crypto/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { signCheckpoint } from '../log/checkpoint.js';
import { type Verifier } from '../log/signed-note.js';
import { type LogOwner, originOf } from './log-names.js';

/** Signs what logs state. Signatures are the same whenever they are made (RFC 8032), so none is stored. */
@Injectable()
export class LogSigner {
  constructor(private readonly signer: InstanceSigner) {}

  /** What verifies a log's checkpoints; its name is the log's origin. */
  async verifierOf(owner: LogOwner, db: Tx): Promise<Verifier> {
    const publicKey = await this.signer.publicKey(db);
    return { name: originOf(publicKey, owner), publicKey };
  }

  /** The signed note that a log had so many leaves, and this root over them. */
  async checkpoint(
    owner: LogOwner,
    { size, root }: { readonly size: number; readonly root: Buffer },
    db: Tx,
  ): Promise<string> {
    const { name, publicKey } = await this.verifierOf(owner, db);
    return signCheckpoint({ origin: name, size, root }, publicKey, (bytes) => this.sign(bytes, db));
  }

  sign(bytes: Buffer, db: Tx): Promise<Buffer> {
    return this.signer.sign(bytes, db);
  }
}
