import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { cryptoError } from '../crypto.errors.js';
import { InstanceSealer } from '../instance-sealer.service.js';
import { KEY_BYTES, OpenError } from '../xaes.js';
import { type GrantPlace, GrantsRepository, type SealedGrant } from './grants.repository.js';

/** What a worker needs to read a file. */
export interface GrantedSecret {
  /** What the file's bytes are sealed under, 32 bytes. */
  readonly fileKey: Buffer;
  /** The password that the document itself is encrypted with, such as a PDF's. */
  readonly documentPassword?: string;
}

/** Bound to tenant and file besides its id: a row that was moved opens for nobody. */
const placeOf = ({ organizationId, fileId, grantId }: GrantPlace) => ({
  table: 'grants',
  id: `${organizationId}/${fileId}/${grantId}`,
  version: 1,
});

/** `key (32) | 0`, or `key (32) | 1 | the password in UTF-8`. */
const encode = ({ fileKey, documentPassword }: GrantedSecret): Buffer =>
  Buffer.concat([
    fileKey,
    Buffer.from([documentPassword === undefined ? 0 : 1]),
    Buffer.from(documentPassword ?? ''),
  ]);

function decode(bytes: Buffer): GrantedSecret {
  if (bytes.length <= KEY_BYTES) throw new OpenError();
  const fileKey = bytes.subarray(0, KEY_BYTES);
  if (bytes[KEY_BYTES] === 0) return { fileKey };
  return { fileKey, documentPassword: bytes.toString('utf8', KEY_BYTES + 1) };
}

/**
 * Keys of files granted to background work, so that a password is asked for once: any worker may open a grant while its
 * task lives. They lie under a key of the instance, and are deleted in the transaction that ends the task. Until then
 * database and master key together open the granted files, and those alone.
 */
@Injectable()
export class Grants {
  constructor(
    private readonly repository: GrantsRepository,
    private readonly sealer: InstanceSealer,
  ) {}

  /** Grants a file's key; the file must be there. @returns the grant's id, `grant_…` */
  async give(
    { organizationId, fileId }: Omit<GrantPlace, 'grantId'>,
    secret: GrantedSecret,
    expiresAt: Date,
    tx: Tx,
  ): Promise<string> {
    const [grantId] = (
      await this.giveAll(organizationId, new Map([[fileId, secret]]), expiresAt, tx)
    ).values();
    if (grantId === undefined) throw new Error('a grant was not given');
    return grantId;
  }

  /** Grants the keys of any number of files, by the files' ids. @returns the grants' ids by the files' ids */
  async giveAll(
    organizationId: string,
    secrets: ReadonlyMap<string, GrantedSecret>,
    expiresAt: Date,
    tx: Tx,
  ): Promise<ReadonlyMap<string, string>> {
    const given: SealedGrant[] = [];
    for (const [fileId, secret] of secrets) {
      if (secret.fileKey.length !== KEY_BYTES) throw new RangeError('a file key has 32 bytes');
      const place = { organizationId, fileId, grantId: newId('grant') };
      given.push({ ...place, sealed: await this.sealer.seal(placeOf(place), encode(secret), tx) });
    }
    if (given.length > 0) await this.repository.insert(organizationId, given, expiresAt, tx);
    return new Map(given.map(({ fileId, grantId }) => [fileId, grantId]));
  }

  /**
   * @throws AppError GRANT_EXPIRED when it is not there, no longer, or of another tenant or file
   * @throws OpenError when the row was changed or moved
   */
  async open(place: GrantPlace, db: Tx): Promise<GrantedSecret> {
    const sealed = await this.repository.find(place, db);
    if (!sealed) throw cryptoError('GRANT_EXPIRED');
    return decode(await this.sealer.open(placeOf(place), sealed, db));
  }

  /** Deletes grants; those that are gone already do not matter. */
  async withdraw(organizationId: string, grantIds: readonly string[], tx: Tx): Promise<void> {
    if (grantIds.length > 0) await this.repository.delete(organizationId, grantIds, tx);
  }
}
