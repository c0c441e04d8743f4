import { Injectable } from '@nestjs/common';
import { platformError } from '../errors/app-error.js';
import type { Principal } from '../http/principal.js';
import { Configs } from './configs.service.js';

/** Keeps everybody out but those who can end a maintenance. */
@Injectable()
export class Maintenance {
  constructor(private readonly configs: Configs) {}

  /** @throws AppError MAINTENANCE while it lasts, unless somebody administers the instance */
  async ensureOpenTo(somebody: Pick<Principal, 'systemRole'> | undefined): Promise<void> {
    if (somebody?.systemRole === 'admin') return;
    const { enabled, message, retry_after_seconds } = await this.configs.get('maintenance');
    if (enabled) throw platformError('MAINTENANCE', { message, retryAfterSeconds: retry_after_seconds });
  }
}
