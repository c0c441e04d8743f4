import { Injectable } from '@nestjs/common';
import { Sealer, type SealPlace } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import { type FilePlace, filePlace } from '../streams/frame.js';
import { newKeyPair, openWith, sealTo } from './hpke.js';
import { type GuardedKey, guard, type KeyOwner, type KeyState, unguard } from './project-key.js';
import { type ProjectKeyRow, ProjectKeysRepository } from './project-keys.repository.js';

/** A new key pair whose slow part is done. */
export interface PreparedProjectKey {
  readonly state: KeyState;
  readonly publicKey: Buffer;
  readonly guarded: GuardedKey;
}

/** A change of password whose slow part is done. */
export type PreparedChange = Omit<PreparedProjectKey, 'publicKey'>;

/** The opened private half of a project's key pair. */
export interface ProjectPrivateKey {
  /** @throws OpenError when the wrapped key was changed, or is of another project or file */
  unwrapFileKey(place: FilePlace, wrapped: Buffer): Promise<Buffer>;
}

const privatePlace = ({ organizationId, id, version }: KeyState): SealPlace => ({
  organizationId,
  table: 'project_keys',
  id,
  version,
});

/** The public half keeps its place through all versions. It is sealed so that nobody can put another one there. */
const publicPlace = ({ organizationId, projectId, id }: KeyState): SealPlace => ({
  organizationId,
  table: 'project_keys',
  id: `${projectId}/${id}/public`,
  version: 1,
});

/**
 * The key pairs of projects. The public half wraps the keys of files, so that an upload needs no password. The private
 * half lies under the organization's key, and in a protected project under the password besides: then neither
 * database and master key, nor the password alone, open a file.
 */
@Injectable()
export class ProjectKeys {
  constructor(
    private readonly repository: ProjectKeysRepository,
    private readonly sealer: Sealer,
  ) {}

  /** Makes a pair, guarded by the password if there is one. Slow, so before the transaction. */
  async prepare(owner: KeyOwner, password: string | undefined): Promise<PreparedProjectKey> {
    const { publicKey, privateKey } = await newKeyPair();
    const state = { ...owner, id: newId('pkey'), version: 1 };
    return { state, publicKey, guarded: await guard(state, privateKey, password) };
  }

  async insert({ state, publicKey, guarded }: PreparedProjectKey, tx: Tx): Promise<void> {
    const publicSealed = await this.sealer.seal(publicPlace(state), publicKey, tx);
    await this.repository.insert({ ...(await this.rowOf(state, guarded, tx)), publicSealed }, tx);
  }

  /** Gives projects of an older version the key pair they lack. */
  async addMissing(tx: Tx): Promise<void> {
    for (const owner of await this.repository.listMissing(tx)) {
      await this.insert(await this.prepare(owner, undefined), tx);
    }
  }

  /**
   * Opens the private half. Slow where a password guards it, so outside of transactions.
   * @throws AppError PASSWORD_REQUIRED, INVALID_PASSWORD, NOT_FOUND when the project has no key any more
   */
  async open(owner: KeyOwner, password: string | undefined, db: Tx): Promise<ProjectPrivateKey> {
    const row = await this.get(owner, db);
    const privateKey = await this.openRow(row, password, db);
    return {
      unwrapFileKey: (place, wrapped) => openWith(privateKey, wrapped, filePlace(place)),
    };
  }

  /**
   * Opens with one password and guards with another, undefined standing for none. Slow, so before the transaction.
   * @throws AppError PASSWORD_REQUIRED, INVALID_PASSWORD, NOT_FOUND
   */
  async prepareChange(
    owner: KeyOwner,
    current: string | undefined,
    next: string | undefined,
    db: Tx,
  ): Promise<PreparedChange> {
    const row = await this.get(owner, db);
    const privateKey = await this.openRow(row, current, db);
    const { organizationId, projectId, id, version } = row;
    const state = { organizationId, projectId, id, version: version + 1 };
    return { state, guarded: await guard(state, privateKey, next) };
  }

  /** @throws AppError PRECONDITION_FAILED when the password was changed since */
  async change({ state, guarded }: PreparedChange, tx: Tx): Promise<void> {
    const row = { ...(await this.rowOf(state, guarded, tx)), publicSealed: Buffer.alloc(0) };
    if (await this.repository.replace(row, tx)) return;
    throw platformError('PRECONDITION_FAILED', {
      message: 'The password was changed at the same time. Try again with the one that holds now.',
    });
  }

  /** Destroys the pair: no file of the project opens any more. */
  destroy(owner: KeyOwner, tx: Tx): Promise<void> {
    return this.repository.delete(owner, tx);
  }

  /** Wraps a file's key, bound to its place. Needs no password. @throws AppError NOT_FOUND */
  async wrapFileKey(owner: KeyOwner, place: FilePlace, fileKey: Buffer, db: Tx): Promise<Buffer> {
    const row = await this.get(owner, db);
    const publicKey = await this.sealer.open(publicPlace(row), row.publicSealed, db);
    return sealTo(publicKey, fileKey, filePlace(place));
  }

  private async get(owner: KeyOwner, db: Tx): Promise<ProjectKeyRow> {
    const row = await this.repository.find(owner, db);
    if (!row) throw platformError('NOT_FOUND');
    return row;
  }

  private async openRow(row: ProjectKeyRow, password: string | undefined, db: Tx): Promise<Buffer> {
    const bytes = await this.sealer.open(privatePlace(row), row.privateSealed, db);
    return unguard(row, { bytes, derivation: row.kdf ?? undefined }, password);
  }

  private async rowOf(
    state: KeyState,
    { bytes, derivation }: GuardedKey,
    tx: Tx,
  ): Promise<Omit<ProjectKeyRow, 'publicSealed'>> {
    const privateSealed = await this.sealer.seal(privatePlace(state), bytes, tx);
    return { ...state, kdf: derivation ?? null, privateSealed };
  }
}
