import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CredentialsRepository, type KeyUse } from './credentials.repository.js';

/** How exact the last use of a key is: one write a key and process in this time. */
const EXACTNESS_MS = 60_000;
/** A key's use, or a login token's, which belongs to no organization. */
type Use = Omit<KeyUse, 'organizationId'> & { readonly organizationId: string | undefined };

/** How long a use waits for those of other keys. */
const GATHERING_MS = 500;

/**
 * Notes when keys and login tokens were last used, outside the path of requests: uses of all keys are gathered and written in one
 * statement. A write that fails is tried again with the next uses; no request ever waits for it or fails by it.
 */
@Injectable()
export class KeyUsesService implements BeforeApplicationShutdown {
  private readonly written = new Map<string, number>();
  private waiting = new Map<string, Use>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: CredentialsRepository,
    private readonly dataSource: DataSource,
  ) {}

  /** @param key a key with its organization, or a login's token, which has none */
  note(key: { readonly id: string; readonly organizationId?: string }): void {
    const now = Date.now();
    if (now - (this.written.get(key.id) ?? 0) < EXACTNESS_MS) return;
    this.written.set(key.id, now);
    this.waiting.set(key.id, { id: key.id, organizationId: key.organizationId, at: new Date(now) });
    this.timer ??= setTimeout(() => void this.flush(), GATHERING_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.flush();
  }

  private async flush(): Promise<void> {
    const uses = this.waiting;
    this.waiting = new Map();
    this.timer = undefined;
    this.forget(Date.now() - EXACTNESS_MS);
    if (uses.size === 0) return;
    try {
      const all = [...uses.values()];
      const ofKeys = all.filter((use): use is KeyUse => use.organizationId !== undefined);
      const ofTokens = all.filter(({ organizationId }) => organizationId === undefined);
      if (ofKeys.length > 0) await this.repository.noteUses(ofKeys, this.dataSource.manager);
      if (ofTokens.length > 0) await this.repository.noteTokenUses(ofTokens, this.dataSource.manager);
    } catch {
      // The database is away, which requests report. The uses go with the next ones, newer ones first.
      this.waiting = new Map([...uses, ...this.waiting]);
    }
  }

  /** Keeps no key that was not used lately. */
  private forget(before: number): void {
    for (const [id, at] of this.written) if (at < before) this.written.delete(id);
  }
}
