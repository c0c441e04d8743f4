import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { newId } from '../platform/http/ids.js';
import { type DataKey, KeyCache } from './key-cache.js';
import { dataKeyPlace, organizationKeyPlace } from './key-places.js';
import {
  type DataKeyChain,
  type DataKeyRow,
  KeyRingRepository,
  type OrganizationKeyRow,
} from './key-ring.repository.js';
import { MasterKeyRing } from './master-key-ring.service.js';
import { PURPOSES } from './purposes.js';
import { KEY_BYTES, OpenError, openBytes, sealBytes } from './xaes.js';

/**
 * How long an opened key is given out without another look, in milliseconds. After a rotation every process seals with the new
 * data keys within this time, and after the end of an organization every process has forgotten its keys.
 */
export const NEWEST_MS = 60_000;

/**
 * The key hierarchy: the master key wraps organization keys, which wrap data keys. Every wrapping is bound to the
 * tenant, the table, the key's own id and version, so that no wrapped key opens in another's place. A data key stays
 * what it is when its wrappers are rotated, so an opened one is good until its organization ends.
 */
@Injectable()
export class KeyRing {
  private readonly byId = new KeyCache(NEWEST_MS);
  private readonly newest = new KeyCache(NEWEST_MS);

  constructor(
    private readonly repository: KeyRingRepository,
    private readonly masters: MasterKeyRing,
  ) {}

  /** Registers the master key on first use. @throws StartError when the database belongs to another master key */
  adoptMasterKey(tx: Tx): Promise<void> {
    return this.masters.adopt(tx);
  }

  /** Makes an organization's key and its data keys, in the transaction that makes the organization. */
  async createOrganizationKeys(organizationId: string, tx: Tx): Promise<void> {
    const wrapper = await this.createOrganizationKey(organizationId, 1, tx);
    for (const purpose of PURPOSES)
      await this.createDataKey({ organizationId, purpose, version: 1 }, wrapper, tx);
  }

  /** Makes an organization's key alone; from now on it is the one in use. */
  async createOrganizationKey(organizationId: string, version: number, tx: Tx): Promise<DataKey> {
    const id = newId('okey');
    const key = randomBytes(KEY_BYTES);
    const master = await this.masters.inUse(tx);
    const wrapped = sealBytes(master.key, key, organizationKeyPlace(organizationId, id, version));
    const row = { id, organizationId, version, masterKeyId: master.id, wrapped };
    await this.repository.insertOrganizationKey(row, tx);
    return { id, key };
  }

  /** Makes a data key; the one with the highest version seals what is new. */
  async createDataKey(
    { organizationId, purpose, version }: Pick<DataKeyRow, 'organizationId' | 'purpose' | 'version'>,
    wrapper: DataKey,
    tx: Tx,
  ): Promise<void> {
    const id = newId('dkey');
    const place = dataKeyPlace(organizationId, purpose, id, version);
    const wrapped = sealBytes(wrapper.key, randomBytes(KEY_BYTES), place);
    const row = { id, organizationId, organizationKeyId: wrapper.id, purpose, version, wrapped };
    await this.repository.insertDataKey(row, tx);
  }

  /** Gives organizations of an older version the data keys that this one has added. */
  async addMissingDataKeys(tx: Tx): Promise<void> {
    for (const { organizationId, purpose } of await this.repository.listMissingDataKeys(PURPOSES, tx)) {
      const wrapper = await this.organizationKeyInUse(organizationId, tx);
      await this.createDataKey({ organizationId, purpose, version: 1 }, wrapper, tx);
    }
  }

  /** The organization's key in use, which stays until the transaction ends. */
  async organizationKeyInUse(organizationId: string, tx: Tx): Promise<DataKey> {
    const read = () => this.repository.holdNewestOrganizationKey(organizationId, tx);
    // A row that was removed while it was waited for leaves nothing; then there is a newer one.
    const row = (await read()) ?? (await read());
    if (!row) throw new OpenError();
    return { id: row.id, key: this.openOrganizationKey(row) };
  }

  /** @throws OpenError, UnknownMasterKey */
  openOrganizationKey({ organizationId, id, version, masterKeyId, wrapped }: OrganizationKeyRow): Buffer {
    return this.masters.unwrap(masterKeyId, wrapped, organizationKeyPlace(organizationId, id, version));
  }

  /** The key that new values of a purpose are sealed with. */
  newestDataKey(organizationId: string, purpose: string, db: Tx): Promise<DataKey> {
    return this.newest.get(`${organizationId}/${purpose}`, db, async () => {
      const row = await this.repository.findNewestDataKey(organizationId, purpose, db);
      if (!row) throw new Error(`organization has no data key for ${purpose}`);
      return this.openDataKey(row);
    });
  }

  /** Forgets what this process has opened of an organization. */
  forget(organizationId: string): void {
    for (const cache of [this.byId, this.newest]) cache.forget(`${organizationId}/`);
  }

  /** The key a value says it was sealed with. @throws OpenError when the organization has no such key */
  dataKey(organizationId: string, id: string, db: Tx): Promise<DataKey> {
    return this.byId.get(`${organizationId}/${id}`, db, async () => {
      const row = await this.repository.findDataKey(organizationId, id, db);
      if (!row) throw new OpenError();
      return this.openDataKey(row);
    });
  }

  /** @throws OpenError, UnknownMasterKey */
  openDataKey(row: DataKeyChain): DataKey {
    const organizationKey = this.openOrganizationKey({
      organizationId: row.organizationId,
      id: row.organizationKeyId,
      version: row.organizationKeyVersion,
      masterKeyId: row.masterKeyId,
      wrapped: row.organizationKeyWrapped,
    });
    const place = dataKeyPlace(row.organizationId, row.purpose, row.id, row.version);
    return { id: row.id, key: openBytes(organizationKey, row.wrapped, place) };
  }
}
