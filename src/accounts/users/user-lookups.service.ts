import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { InstanceSealing, keyedDigest, OwnKeys } from '../../crypto/index.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { UserLookupsRepository } from './user-lookups.repository.js';
import { comparableEmail, comparableUsername } from './user-names.js';

/** The one key there is. */
const KEY = 'people';
const PLACE = { table: 'user_lookups', id: KEY, version: 1 };

/**
 * What people are found by, whose e-mail and names are sealed: HMACs under a key of the instance, since an address is
 * somebody's across all organizations. The key is made once and kept, whatever keys are renewed.
 */
@Injectable()
export class UserLookups {
  private known: Buffer | undefined;

  constructor(
    private readonly repository: UserLookupsRepository,
    private readonly sealer: InstanceSealing.InstanceSealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** Of an e-mail address: the same in capitals, or with space around it. */
  async email(text: string): Promise<Buffer> {
    return keyedDigest(await this.key(), 'user e-mail', comparableEmail(text));
  }

  /** Of a user name, in whatever case. */
  async username(text: string): Promise<Buffer> {
    return keyedDigest(await this.key(), 'user name', comparableUsername(text));
  }

  /** Of who tries to log in, and from where, so that neither stands in a counter. */
  async attempts(...parts: readonly (string | Buffer)[]): Promise<Buffer> {
    return keyedDigest(await this.key(), 'login attempts', ...parts);
  }

  private async key(): Promise<Buffer> {
    this.known ??= (await this.stored()) ?? (await this.made());
    return this.known;
  }

  private async stored(): Promise<Buffer | undefined> {
    const { manager } = this.dataSource;
    const sealed = await this.repository.find(KEY, manager);
    return sealed && this.sealer.open(PLACE, sealed, manager);
  }

  private async made(): Promise<Buffer> {
    await this.unitOfWork.run(async (tx) => {
      await this.repository.insert(KEY, await this.sealer.seal(PLACE, OwnKeys.newKey(), tx), tx);
    });
    const key = await this.stored();
    if (!key) throw new Error('the key of look-ups was not stored');
    return key;
  }
}
