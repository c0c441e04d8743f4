import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { StartError } from '../platform/errors/start-error.js';
import { masterKeyPlace } from './key-places.js';
import type { MasterKey } from './master-key.js';
import { MasterKeys } from './master-keys.js';
import { MasterKeysRepository } from './master-keys.repository.js';
import { openBytes, sealBytes } from './xaes.js';

const CHECK = Buffer.from('redoubt');

/** Master keys as the database uses them: everything new is wrapped by the newest, and any known one opens. */
@Injectable()
export class MasterKeyRing {
  constructor(
    private readonly repository: MasterKeysRepository,
    private readonly keys: MasterKeys,
  ) {}

  /**
   * Registers the first master key; later sees to it that this process knows those of the database.
   * @throws StartError when it does not
   */
  async adopt(tx: Tx): Promise<void> {
    const rows = await this.repository.listMasterKeys(tx);
    const [first] = this.keys.list();
    if (rows.length === 0 && first) return this.register(first, tx);
    const missing = rows.filter(({ id }) => !this.keys.find(id));
    if (missing.length === rows.length) throw wrongMasterKey(first?.source ?? 'the settings');
    if (missing.length > 0) throw halfRotated();
    for (const { id, checkSealed } of rows) openBytes(this.keys.get(id).key, checkSealed, masterKeyPlace(id));
  }

  /** Makes a master key the one in use. */
  async register({ id, key }: MasterKey, tx: Tx): Promise<void> {
    const checkSealed = sealBytes(key, CHECK, masterKeyPlace(id));
    await this.repository.insertMasterKey({ id, checkSealed }, tx);
  }

  /**
   * The master key in use, which stays until the transaction ends.
   * @throws UnknownMasterKey
   */
  async inUse(tx: Tx): Promise<MasterKey> {
    const read = () => this.repository.holdNewestMasterKey(tx);
    // A row that was removed while it was waited for leaves nothing; then there is a newer one.
    const id = (await read()) ?? (await read());
    if (id === undefined) throw new Error('the database has no master key');
    return this.keys.get(id);
  }

  /** Opens a key that a master key wraps. @throws UnknownMasterKey, OpenError */
  unwrap(masterKeyId: string, wrapped: Buffer, place: Buffer): Buffer {
    return openBytes(this.keys.get(masterKeyId).key, wrapped, place);
  }
}

const wrongMasterKey = (source: string): StartError =>
  new StartError(
    `The master key from ${source} does not belong to this database. ` +
      'Start with the key this database was made with; without it nothing sealed can be read.',
  );

const halfRotated = (): StartError =>
  new StartError(
    'A rotation of the master key has not ended, so both keys are needed: start with the old one as ' +
      'REDOUBT_MASTER_KEY and the new one as REDOUBT_NEXT_MASTER_KEY until its job has completed.',
  );
