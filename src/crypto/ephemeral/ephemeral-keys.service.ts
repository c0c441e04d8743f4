import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Coalescer } from '../../platform/database/coalescer.js';
import { isId } from '../../platform/http/ids.js';
import type { OwnLimit } from '../../platform/limits/route-limits.js';
import { cryptoError } from '../crypto.errors.js';
import { InstanceSealer } from '../instance-sealer.service.js';
import { type BurntKey, type HandedOutKey, privatePlace } from './ephemeral-key.js';
import { EphemeralKeysRepository } from './ephemeral-keys.repository.js';
import { decryptText, importPrivateKey, newDecoy, type PrivateKey } from './oaep.js';

/** A worker fills an empty pool by a few keys in this time. */
const RETRY_SECONDS = 2;

/**
 * Keys for a password's way through proxies and logs: a client encrypts it with a key's public half, and the private half
 * exists until its first use, whatever becomes of that. Keys come from a pool; none is ever made while a client waits.
 */
@Injectable()
export class EphemeralKeys {
  /** Of the routes that hand out keys, together. */
  static readonly ownLimit: OwnLimit = {
    name: 'ephemeral_keys',
    perMinute: 'REDOUBT_EPHEMERAL_PER_MINUTE',
  };

  private readonly handOuts = new Coalescer<undefined, HandedOutKey | undefined>((callers) =>
    this.take(callers.length),
  );
  private decoy: Promise<PrivateKey> | undefined;

  constructor(
    private readonly repository: EphemeralKeysRepository,
    private readonly sealer: InstanceSealer,
    private readonly dataSource: DataSource,
  ) {}

  /** Hands out a key, whose time begins. @throws AppError EPHEMERAL_KEYS_EXHAUSTED when the pool is empty */
  async handOut(): Promise<HandedOutKey> {
    const key = await this.handOuts.run(undefined);
    if (!key) throw cryptoError('EPHEMERAL_KEYS_EXHAUSTED', { retryAfterSeconds: RETRY_SECONDS });
    return key;
  }

  /**
   * Decrypts what a client encrypted with a key, and burns the key whatever happens. Commits by itself, so that no
   * rollback brings the key back: to be called before a transaction, not in one.
   * @param ciphertexts base64; all of them with the same key
   * @throws AppError ENCRYPTION_FAILED, one and the same for every failure; each costs the same work too
   */
  async decrypt(keyId: string, ciphertexts: readonly string[]): Promise<string[]> {
    const burnt = isId('eph', keyId) ? await this.repository.burn(keyId, this.dataSource.manager) : undefined;
    const key = burnt ? await this.open(burnt) : await this.anyKey();
    const texts = await Promise.all(ciphertexts.map((ciphertext) => decryptText(key, ciphertext)));
    const clear = texts.filter((text) => text !== undefined);
    if (!burnt?.inTime || clear.length < texts.length) throw cryptoError('ENCRYPTION_FAILED');
    return clear;
  }

  /** @throws OpenError when the row was changed by someone without the master key */
  private async open({ id, privateSealed }: BurntKey): Promise<PrivateKey> {
    const der = await this.sealer.open(privatePlace(id), privateSealed, this.dataSource.manager);
    return importPrivateKey(der).finally(() => der.fill(0));
  }

  /** Work for a key that does not exist, so that the answer takes as long as for one that does. */
  private anyKey(): Promise<PrivateKey> {
    this.decoy ??= newDecoy();
    return this.decoy;
  }

  private async take(amount: number): Promise<(HandedOutKey | undefined)[]> {
    const keys = await this.repository.handOut(amount, this.dataSource.manager);
    return Array.from({ length: amount }, (_, index) => keys[index]);
  }
}
