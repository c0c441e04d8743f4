import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/http/ids.js';
import { PeriodicWork } from '../../platform/leader/periodic-work.js';
import { InstanceSealer } from '../instance-sealer.service.js';
import { type KeyPair, privatePlace } from './ephemeral-key.js';
import { EphemeralKeysRepository } from './ephemeral-keys.repository.js';
import { generateKeyPairs } from './key-pairs.js';

/** Keeps the pool of ephemeral keys full, one key after another; stored one by one, since the first is wanted at once. */
@Injectable()
export class EphemeralPool extends PeriodicWork {
  readonly name = 'ephemeral_keys.refill';
  readonly everyMs = 500;

  constructor(
    private readonly repository: EphemeralKeysRepository,
    private readonly sealer: InstanceSealer,
    private readonly unitOfWork: UnitOfWork,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    super();
  }

  async run(signal: AbortSignal): Promise<void> {
    if (await this.isFull()) return;
    for await (const pair of generateKeyPairs(signal)) {
      await this.unitOfWork.run((tx) => this.add(pair, tx));
      if (await this.isFull()) return;
    }
  }

  private async isFull(): Promise<boolean> {
    const ready = await this.unitOfWork.run((tx) => this.repository.countReady(tx));
    return ready >= this.settings.REDOUBT_EPHEMERAL_POOL;
  }

  private async add({ publicKey, privateKey }: KeyPair, tx: Tx): Promise<void> {
    const id = newId('eph');
    const privateSealed = await this.sealer.seal(privatePlace(id), privateKey, tx);
    privateKey.fill(0);
    await this.repository.insert({ id, publicKey, privateSealed }, tx);
  }
}
