import { Injectable } from '@nestjs/common';
import type { SealPlace } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { associatedData } from './associated-data.js';
import { packEnvelope, unpackEnvelope } from './envelope.js';
import { InstanceKeyRing } from './instance-key-ring.service.js';
import { openBytes, sealBytes } from './xaes.js';

/** Where a sealed value lives that belongs to no organization. */
export type InstancePlace = Omit<SealPlace, 'organizationId'>;

const placeOf = ({ table, id, version }: InstancePlace): Buffer =>
  associatedData('instance', table, id, version);

/** Seals values of no organization under the instance's key for their table, bound to table, id and version. */
@Injectable()
export class InstanceSealer {
  constructor(private readonly keyRing: InstanceKeyRing) {}

  async seal(place: InstancePlace, plaintext: Buffer, db: Tx): Promise<Buffer> {
    const { id, key } = await this.keyRing.newestKey(place.table, db);
    return packEnvelope({ keyId: id, sealed: sealBytes(key, plaintext, placeOf(place)) });
  }

  /** @throws OpenError when the value was changed, moved, or its key is gone */
  async open(place: InstancePlace, sealed: Buffer, db: Tx): Promise<Buffer> {
    const envelope = unpackEnvelope(sealed);
    const { key } = await this.keyRing.key(envelope.keyId, db);
    return openBytes(key, envelope.sealed, placeOf(place));
  }
}
