import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { keyedDigest, OwnKeys } from '../../crypto/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ShieldKeysRepository } from './shield-keys.repository.js';

/** Most keys that a process remembers; then it begins anew. */
const MOST_REMEMBERED = 10_000;

const placeOf = (organizationId: string) => ({
  organizationId,
  table: 'shield_keys',
  id: organizationId,
  version: 1,
});

/**
 * Each organization's key for telling people, chats and names apart without knowing them. Made when it is first asked for, so not
 * to be used inside of a transaction.
 */
@Injectable()
export class ShieldKeys {
  private readonly known = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly repository: ShieldKeysRepository,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** What model servers see in place of an end user's name: 32 hexadecimal digits, the same for the same name. */
  async pseudonymOf(organizationId: string, name: string): Promise<string> {
    const digest = keyedDigest(await this.keyOf(organizationId), 'end user', Buffer.from(name, 'utf16le'));
    return digest.toString('hex').slice(0, 32);
  }

  /** What a chat is known by: of one user, in one project or in none. 32 bytes. */
  async referenceOf(
    owner: {
      readonly organizationId: string;
      readonly userId: string;
      readonly projectId: string | undefined;
    },
    chatId: string,
  ): Promise<Buffer> {
    const key = await this.keyOf(owner.organizationId);
    return keyedDigest(key, 'chat', owner.userId, owner.projectId ?? '', Buffer.from(chatId, 'utf16le'));
  }

  /** What a sealed text of some kind is found again by; the same in upper and lower case. 32 bytes. */
  async lookupOf(organizationId: string, kind: string, text: string): Promise<Buffer> {
    return keyedDigest(await this.keyOf(organizationId), kind, text.normalize('NFKC').toLowerCase());
  }

  /** What an imported chat of somebody's is known by when it comes again. 32 bytes. */
  async importReferenceOf(
    { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
    source: string,
    sourceId: string,
    content: Buffer,
  ): Promise<Buffer> {
    const key = await this.keyOf(organizationId);
    return keyedDigest(key, 'chat import', userId, source, Buffer.from(sourceId, 'utf16le'), content);
  }

  private keyOf(organizationId: string): Promise<Buffer> {
    const known = this.known.get(organizationId);
    if (known) return known;
    const key = this.open(organizationId);
    if (this.known.size >= MOST_REMEMBERED) this.known.clear();
    this.known.set(organizationId, key);
    key.catch(() => this.known.delete(organizationId));
    return key;
  }

  private async open(organizationId: string): Promise<Buffer> {
    const { manager } = this.dataSource;
    const sealed = await this.repository.find(organizationId, manager);
    if (sealed) return this.sealer.open(placeOf(organizationId), sealed, manager);
    await this.unitOfWork.run(async (tx) => {
      const made = await this.sealer.seal(placeOf(organizationId), OwnKeys.newKey(), tx);
      await this.repository.insert(organizationId, made, tx);
    });
    return this.open(organizationId);
  }
}
