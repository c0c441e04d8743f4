import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { keyedDigest, OwnKeys } from '../crypto/index.js';
import { Sealer } from '../platform/audit/audit.writer.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { DocumentLookupsRepository } from './document-lookups.repository.js';
import { comparableName } from './file-name.js';

/** Most organizations whose key a process remembers; then it begins anew. */
const MOST_REMEMBERED = 10_000;

const placeOf = (organizationId: string) => ({
  organizationId,
  table: 'documents',
  id: 'lookup',
  version: 1,
});

/**
 * What sealed values are found again by: HMACs under a key of their organization, which is made once and kept, so that
 * the same name has the same value whatever keys are renewed. Not to be used inside of a transaction.
 */
@Injectable()
export class DocumentLookups {
  private readonly keys = new Map<string, Buffer>();

  constructor(
    private readonly repository: DocumentLookupsRepository,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** Of a file's name: the same for names that look alike. */
  async ofName(organizationId: string, name: string): Promise<Buffer> {
    return keyedDigest(await this.keyOf(organizationId), 'document name', comparableName(name));
  }

  /** Of a file's content, by its SHA-256. */
  async ofContent(organizationId: string, sha256: Buffer): Promise<Buffer> {
    return keyedDigest(await this.keyOf(organizationId), 'file content', sha256);
  }

  private async keyOf(organizationId: string): Promise<Buffer> {
    const known = this.keys.get(organizationId);
    if (known) return known;
    const key = (await this.stored(organizationId)) ?? (await this.made(organizationId));
    if (this.keys.size >= MOST_REMEMBERED) this.keys.clear();
    this.keys.set(organizationId, key);
    return key;
  }

  private async stored(organizationId: string): Promise<Buffer | undefined> {
    const { manager } = this.dataSource;
    const sealed = await this.repository.find(organizationId, manager);
    return sealed && this.sealer.open(placeOf(organizationId), sealed, manager);
  }

  private async made(organizationId: string): Promise<Buffer> {
    await this.unitOfWork.run(async (tx) => {
      const sealed = await this.sealer.seal(placeOf(organizationId), OwnKeys.newKey(), tx);
      await this.repository.insert(organizationId, sealed, tx);
    });
    const key = await this.stored(organizationId);
    if (!key) throw new Error('the key of an organization’s look-ups was not stored');
    return key;
  }
}
