import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { keyedDigest } from '../../crypto/index.js';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import { Coalescer } from '../../platform/database/coalescer.js';
import { VariableSealer } from '../variables/variable-sealer.service.js';
import { FingerprintIndex, type VaultSnapshot } from './fingerprint-index.js';
import { type EnvironmentRevision, FingerprintsRepository } from './fingerprints.repository.js';
import { Vault } from './vault.service.js';

/** Most fingerprints that are remembered of all organizations but the one in use; of each some 600 bytes. */
const MOST_REMEMBERED = 100_000;
/** Values read from the database at once; one has 64 kB at most. */
const READ_AT_ONCE = 200;

interface Remembered {
  readonly index: FingerprintIndex;
  /** Of the vault: everything that was committed up to it is in the snapshot. */
  revision: number;
  snapshot: VaultSnapshot | undefined;
  refreshing: Promise<void> | undefined;
}

/**
 * The fingerprints of each organization's values. Whether any value has changed is asked for every request, in one query for
 * all that come at once, so a change is known to the next request in every process. Of what changed, only the versions that
 * are new are opened, and their values let go at once.
 */
@Injectable()
export class VaultFingerprints {
  private readonly revisions: Coalescer<string, number | undefined>;
  /** The one used last comes last. */
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly repository: FingerprintsRepository,
    private readonly vault: Vault,
    private readonly sealer: VariableSealer,
    private readonly dataSource: DataSource,
  ) {
    this.revisions = new Coalescer(async (ids) => {
      const found = await this.repository.revisionsOf([...new Set(ids)], this.dataSource.manager);
      return ids.map((id) => found.get(id));
    });
  }

  /**
   * The values as they are now, those of every change that was committed before the call included; undefined when there are
   * none worth looking for.
   * @throws OpenError when a value was changed or moved: nothing may be called free of values that could not be read
   */
  async of(organizationId: string): Promise<VaultSnapshot | undefined> {
    const revision = await this.revisions.run(organizationId);
    if (revision === undefined) {
      this.remembered.delete(organizationId);
      return undefined;
    }
    const remembered = await this.remember(organizationId);
    while (remembered.revision < revision) {
      remembered.refreshing ??= this.refresh(organizationId, remembered, revision).finally(() => {
        remembered.refreshing = undefined;
      });
      await remembered.refreshing;
    }
    return remembered.snapshot;
  }

  private async remember(organizationId: string): Promise<Remembered> {
    const key = this.remembered.has(organizationId) ? undefined : await this.keyOf(organizationId);
    const remembered =
      this.remembered.get(organizationId) ??
      ({
        ...{ index: new FingerprintIndex(key ?? new Uint8Array()), revision: -1 },
        ...{ snapshot: undefined, refreshing: undefined },
      } satisfies Remembered);
    this.remembered.delete(organizationId);
    this.remembered.set(organizationId, remembered);
    return remembered;
  }

  private async keyOf(organizationId: string): Promise<Uint8Array> {
    const key = await this.vault.key(organizationId, this.dataSource.manager);
    if (!key) throw new Error('an organization with values has no vault');
    return keyedDigest(key, 'fingerprints of values');
  }

  /** Revisions are read before what they stand for: what is newer than its revision is read again, and never missed. */
  private async refresh(organizationId: string, remembered: Remembered, revision: number): Promise<void> {
    const { index } = remembered;
    const environments = await this.repository.listEnvironments(organizationId, this.dataSource.manager);
    const outdated = index.outdated(environments);
    if (outdated.length > 0) {
      const make = index.maker();
      for (const environment of outdated) await this.renew(organizationId, index, environment, make);
    }
    const snapshot = await inSlices(index.snapshot());
    remembered.snapshot = snapshot.variables.length === 0 ? undefined : snapshot;
    remembered.revision = revision;
    this.forgetOthers(organizationId);
  }

  private async renew(
    organizationId: string,
    index: FingerprintIndex,
    environment: EnvironmentRevision,
    make: ReturnType<FingerprintIndex['maker']>,
  ): Promise<void> {
    const db = this.dataSource.manager;
    const current = await this.repository.listCurrent(organizationId, environment.id, db);
    const unknown = current.filter((version) => !index.isKnown(version)).map(({ variableId }) => variableId);
    const fresh = new Map<string, ReturnType<typeof make>>();
    const slice = new TimeSlice();
    for (let at = 0; at < unknown.length; at += READ_AT_ONCE) {
      const ids = unknown.slice(at, at + READ_AT_ONCE);
      for (const row of await this.repository.listSealed(organizationId, ids, db)) {
        const content = await this.sealer.open(row, row, db);
        if (content) fresh.set(row.variableId, make(row, content.value));
        await slice.pause();
      }
    }
    index.replace(environment, current, fresh);
  }

  private forgetOthers(kept: string): void {
    let size = 0;
    for (const { index } of this.remembered.values()) size += index.size;
    for (const [id, { index, refreshing }] of this.remembered) {
      if (size <= MOST_REMEMBERED) return;
      if (id === kept || refreshing) continue;
      this.remembered.delete(id);
      size -= index.size;
    }
  }
}

async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  const slice = new TimeSlice();
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await slice.pause();
  }
}
