import { Injectable } from '@nestjs/common';
import { Sealer, type SealPlace } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { associatedData } from './associated-data.js';
import { packEnvelope, unpackEnvelope } from './envelope.js';
import { KeyRing } from './key-ring.service.js';
import { openBytes, sealBytes } from './xaes.js';

const placeOf = ({ organizationId, table, id, version }: SealPlace): Buffer =>
  associatedData(organizationId, table, id, version);

/** Seals values under their organization's data key for their table, bound to tenant, table, id and version. */
@Injectable()
export class SealerService extends Sealer {
  constructor(private readonly keyRing: KeyRing) {
    super();
  }

  async seal(place: SealPlace, plaintext: Buffer, db: Tx): Promise<Buffer> {
    const { id, key } = await this.keyRing.newestDataKey(place.organizationId, place.table, db);
    return packEnvelope({ keyId: id, sealed: sealBytes(key, plaintext, placeOf(place)) });
  }

  /** @throws OpenError when the value was changed, moved, or its key is gone */
  async open(place: SealPlace, sealed: Buffer, db: Tx): Promise<Buffer> {
    const envelope = unpackEnvelope(sealed);
    const { key } = await this.keyRing.dataKey(place.organizationId, envelope.keyId, db);
    return openBytes(key, envelope.sealed, placeOf(place));
  }
}
