import { generateKeyPairSync } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { MODULUS_BITS, privatePlace } from '../ephemeral/ephemeral-key.js';
import { EphemeralKeysRepository } from '../ephemeral/ephemeral-keys.repository.js';
import { EphemeralKeys } from '../ephemeral/ephemeral-keys.service.js';
import { InstanceSealer } from '../instance-sealer.service.js';

/** A pool of ephemeral keys that a test fills by itself. */
export class EphemeralWorld {
  readonly repository = new EphemeralKeysRepository();
  readonly unitOfWork: UnitOfWork;

  /** @param sealer of what is put into the pool */
  constructor(
    private readonly dataSource: DataSource,
    readonly sealer: InstanceSealer,
  ) {
    this.unitOfWork = new UnitOfWork(dataSource);
  }

  /** The pool of a running application. */
  static of(app: INestApplicationContext): EphemeralWorld {
    return new EphemeralWorld(app.get(DataSource), app.get(InstanceSealer, { strict: false }));
  }

  /** The keys as one process knows them. */
  process(): EphemeralKeys {
    return new EphemeralKeys(this.repository, this.sealer, this.dataSource);
  }

  /** Puts a pair into the pool. @param privateKey PKCS #8 */
  async add(privateKey: Buffer, publicKey: Buffer = Buffer.from('public')): Promise<string> {
    const id = newId('eph');
    await this.unitOfWork.run(async (tx) => {
      const privateSealed = await this.sealer.seal(privatePlace(id), privateKey, tx);
      await this.repository.insert({ id, publicKey, privateSealed }, tx);
    });
    return id;
  }

  /** A key of the pool that a client has. @param seconds how long ago it was handed out */
  async addHandedOut(privateKey: Buffer, publicKey?: Buffer, seconds = 0): Promise<string> {
    const id = await this.add(privateKey, publicKey);
    await this.dataSource.query(
      'UPDATE ephemeral_keys SET expires_at = now() + make_interval(secs => 300 - $2) WHERE id = $1',
      [id, seconds],
    );
    return id;
  }

  async clear(): Promise<void> {
    await this.dataSource.query('DELETE FROM ephemeral_keys');
  }
}

/** A pair as the pool has them. */
export function newPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: MODULUS_BITS,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
}
