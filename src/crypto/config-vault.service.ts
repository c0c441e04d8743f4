import { Injectable } from '@nestjs/common';
import { ConfigVault } from '../platform/configs/config-vault.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { InstanceSealer } from './instance-sealer.service.js';

const placeOf = (name: string) => ({ table: 'configs', id: name, version: 1 });

/** Configurations at rest, under a key of the instance's. */
@Injectable()
export class InstanceConfigVault extends ConfigVault {
  constructor(private readonly sealer: InstanceSealer) {
    super();
  }

  seal(name: string, plaintext: string, db: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(name), Buffer.from(plaintext), db);
  }

  async open(name: string, sealed: Buffer, db: Tx): Promise<string> {
    return (await this.sealer.open(placeOf(name), sealed, db)).toString('utf8');
  }
}
