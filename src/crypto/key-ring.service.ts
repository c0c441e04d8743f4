import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { StartError } from '../platform/errors/start-error.js';
import { newId } from '../platform/http/ids.js';
import { associatedData } from './associated-data.js';
import { type DataKeyRow, KeyRingRepository } from './key-ring.repository.js';
import { MASTER_KEY, type MasterKey } from './master-key.js';
import { KEY_BYTES, OpenError, openBytes, sealBytes } from './xaes.js';

/** A data key, opened. */
export interface DataKey {
  readonly id: string;
  readonly key: Buffer;
}

/** What each organization keeps a data key for: one a table that holds sealed values. */
export const PURPOSES = [
  'audit_logs',
  'users',
  'idempotency_keys',
  'batches',
  'batch_documents',
  'batch_results',
  'resource_versions',
  'token_scopes',
  'token_entries',
  'projects',
  'project_keys',
  'documents',
  'files',
] as const;

const CHECK = Buffer.from('redoubt');

/**
 * The key hierarchy: the master key wraps organization keys, which wrap data keys. Every wrapping is bound to the
 * tenant, the table, the key's own id and version, so that no wrapped key opens in another's place.
 */
@Injectable()
export class KeyRing {
  private readonly byId = new Map<string, DataKey>();
  private readonly newest = new Map<string, DataKey>();

  constructor(
    private readonly repository: KeyRingRepository,
    @Inject(MASTER_KEY) private readonly master: MasterKey,
  ) {}

  /** Registers the master key on first use. @throws StartError when the database belongs to another master key */
  async adoptMasterKey(tx: Tx): Promise<void> {
    const known = await this.repository.listMasterKeys(tx);
    const place = associatedData('master_keys', this.master.id);
    if (known.length === 0) {
      const row = { id: this.master.id, checkSealed: sealBytes(this.master.key, CHECK, place) };
      return this.repository.insertMasterKey(row, tx);
    }
    const mine = known.find(({ id }) => id === this.master.id);
    if (!mine) throw wrongMasterKey(this.master.source);
    openBytes(this.master.key, mine.checkSealed, place);
  }

  /** Makes an organization's key and its data keys, in the transaction that makes the organization. */
  async createOrganizationKeys(organizationId: string, tx: Tx): Promise<void> {
    const id = newId('okey');
    const key = randomBytes(KEY_BYTES);
    const wrapped = sealBytes(this.master.key, key, organizationKeyPlace(organizationId, id, 1));
    await this.repository.insertOrganizationKey(
      { id, organizationId, version: 1, masterKeyId: this.master.id, wrapped },
      tx,
    );
    for (const purpose of PURPOSES) await this.createDataKey(organizationId, purpose, { id, key }, tx);
  }

  /** Gives organizations of an older version the data keys that this one has added. */
  async addMissingDataKeys(tx: Tx): Promise<void> {
    for (const { organizationId, purpose } of await this.repository.listMissingDataKeys(PURPOSES, tx)) {
      const row = await this.repository.findNewestOrganizationKey(organizationId, tx);
      if (!row) throw new OpenError();
      const place = organizationKeyPlace(organizationId, row.id, row.version);
      const wrapper = { id: row.id, key: openBytes(this.master.key, row.wrapped, place) };
      await this.createDataKey(organizationId, purpose, wrapper, tx);
    }
  }

  /** The key that new values of a purpose are sealed with. */
  async newestDataKey(organizationId: string, purpose: string, db: Tx): Promise<DataKey> {
    const slot = `${organizationId}/${purpose}`;
    const cached = this.newest.get(slot);
    if (cached) return cached;
    const row = await this.repository.findNewestDataKey(organizationId, purpose, db);
    if (!row) throw new Error(`organization has no data key for ${purpose}`);
    const key = await this.open(row, db);
    // A key read inside a transaction may be that transaction's own and vanish with it.
    if (!isInTransaction(db)) this.newest.set(slot, key);
    return key;
  }

  /** The key a value says it was sealed with. @throws OpenError when the organization has no such key */
  async dataKey(organizationId: string, id: string, db: Tx): Promise<DataKey> {
    const slot = `${organizationId}/${id}`;
    const cached = this.byId.get(slot);
    if (cached) return cached;
    const row = await this.repository.findDataKey(organizationId, id, db);
    if (!row) throw new OpenError();
    const key = await this.open(row, db);
    if (!isInTransaction(db)) this.byId.set(slot, key);
    return key;
  }

  private async createDataKey(
    organizationId: string,
    purpose: string,
    wrapper: DataKey,
    tx: Tx,
  ): Promise<void> {
    const id = newId('dkey');
    const place = dataKeyPlace(organizationId, purpose, id, 1);
    const wrapped = sealBytes(wrapper.key, randomBytes(KEY_BYTES), place);
    const row = { id, organizationId, organizationKeyId: wrapper.id, purpose, version: 1, wrapped };
    await this.repository.insertDataKey(row, tx);
  }

  private async open(row: DataKeyRow, db: Tx): Promise<DataKey> {
    const { organizationId, organizationKeyId } = row;
    const wrapper = await this.repository.findOrganizationKey(organizationId, organizationKeyId, db);
    if (!wrapper) throw new OpenError();
    const place = organizationKeyPlace(organizationId, wrapper.id, wrapper.version);
    const organizationKey = openBytes(this.master.key, wrapper.wrapped, place);
    const key = openBytes(
      organizationKey,
      row.wrapped,
      dataKeyPlace(organizationId, row.purpose, row.id, row.version),
    );
    return { id: row.id, key };
  }
}

const organizationKeyPlace = (organizationId: string, id: string, version: number): Buffer =>
  associatedData(organizationId, 'organization_keys', id, version);

const dataKeyPlace = (organizationId: string, purpose: string, id: string, version: number): Buffer =>
  associatedData(organizationId, 'data_keys', purpose, id, version);

const isInTransaction = (db: Tx): boolean => db.queryRunner?.isTransactionActive ?? false;

const wrongMasterKey = (source: string): StartError =>
  new StartError(
    `The master key from ${source} does not belong to this database. ` +
      'Start with the key this database was made with; without it nothing sealed can be read.',
  );
