import { Inject, Injectable } from '@nestjs/common';
import { UsersRepository } from '../accounts/index.js';
import { CredentialsRepository, hashApiKey, hintOf } from '../auth/index.js';
import { KeySetUp } from '../crypto/index.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.module.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { StartError } from '../platform/errors/start-error.js';
import { firstKey } from './first-key.js';
import { type Administrator, TenantWriter } from './tenant.writer.js';

/** What a start found or made. */
export interface FirstStart {
  /** The administrator's key when this start made it known to the database for the first time. */
  readonly newKey: string | undefined;
}

/** Makes organization, administrator, project and key on the first start; on later ones, sees to it that the settings' key is valid. */
@Injectable()
export class FirstStartService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeySetUp,
    private readonly tenants: TenantWriter,
    private readonly credentials: CredentialsRepository,
    private readonly users: UsersRepository,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws StartError when the master key is not this database's, or REDOUBT_ADMIN_KEY was revoked or rotated */
  run(): Promise<FirstStart> {
    return this.unitOfWork.run(async (tx) => {
      // Two processes may start at once; the second finds everything made.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('redoubt first start'))`);
      await this.keys.run(tx);
      const known = await this.users.findFirstAdministrator(tx);
      const administrator = known ?? (await this.tenants.create(tx));
      await this.tenants.addMissingProjectKeys(tx);
      if (known && !this.settings.REDOUBT_ADMIN_KEY) return { newKey: undefined };
      return { newKey: await this.ensureKey(administrator, tx) };
    });
  }

  private async ensureKey(administrator: Administrator, tx: Tx): Promise<string | undefined> {
    const key = firstKey(this.settings);
    const hash = hashApiKey(key);
    const [known] = await this.credentials.find([hash], tx);
    if (known?.revoked) throw new StartError('REDOUBT_ADMIN_KEY was revoked. Set another key, or unset it.');
    if (known?.replaced)
      throw new StartError('REDOUBT_ADMIN_KEY was rotated. Set its new secret, or unset it.');
    if (known) return undefined;
    await this.tenants.addKey(administrator, { hash, hint: hintOf(key) }, tx);
    return key;
  }
}
