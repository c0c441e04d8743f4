import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { ResourceConfig } from './resource.js';

/** Which version of which resource some settings belong to. */
export interface ConfigPlace {
  readonly organizationId: string;
  readonly resourceId: string;
  readonly version: number;
}

const placeOf = ({ organizationId, resourceId, version }: ConfigPlace) => ({
  organizationId,
  table: 'resource_versions',
  id: resourceId,
  version,
});

/** Settings at rest: deny lists hold names of people, so they open nowhere but with their own version. */
@Injectable()
export class ConfigSealer {
  constructor(private readonly sealer: Sealer) {}

  seal(place: ConfigPlace, config: ResourceConfig, tx: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(place), Buffer.from(JSON.stringify(config)), tx);
  }

  /** @throws OpenError when the settings were changed or moved */
  async open(place: ConfigPlace, sealed: Buffer, db: Tx): Promise<ResourceConfig> {
    const bytes = await this.sealer.open(placeOf(place), sealed, db);
    return JSON.parse(bytes.toString('utf8'));
  }
}
