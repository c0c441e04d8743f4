import { Injectable } from '@nestjs/common';
import { InstanceSealing } from '../../crypto/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { originOf } from './base-url.js';
import type { Upstream } from './upstream.js';

/** Whose key it is, and for where. */
type KeyPlace = Pick<Upstream, 'id' | 'baseUrl'>;

/** A key belongs to where it was given for too: whoever moves a row's address in the database cannot have the key sent there. */
const placeOf = ({ id, baseUrl }: KeyPlace) => ({
  table: 'upstreams',
  id: `${id} ${originOf(baseUrl)}`,
  version: 1,
});

/** Keys of model servers at rest. */
@Injectable()
export class UpstreamKeys {
  constructor(private readonly sealer: InstanceSealing.InstanceSealer) {}

  seal(place: KeyPlace, key: string, tx: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(place), Buffer.from(key), tx);
  }

  /** @throws OpenError when it was changed, moved, or is for another scheme, host or port */
  async open(place: KeyPlace, sealed: Buffer, db: Tx): Promise<string> {
    return (await this.sealer.open(placeOf(place), sealed, db)).toString('utf8');
  }
}
