import { Injectable } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Tx } from '../platform/database/unit-of-work.js';

/** Which document a name belongs to. */
export interface NamePlace {
  readonly organizationId: string;
  readonly id: string;
}

const placeOf = ({ organizationId, id }: NamePlace) => ({
  organizationId,
  table: 'documents',
  id,
  version: 1,
});

/** Which file a name of its own belongs to. */
export interface FileNamePlace extends NamePlace {
  readonly version: number;
}

/** Another place than that of the file's digest. */
const filePlaceOf = ({ organizationId, id, version }: FileNamePlace) => ({
  organizationId,
  table: 'files',
  id: `${id}/name`,
  version,
});

/** Seals the names of files, which are as personal as what is in them. */
@Injectable()
export class DocumentNames {
  constructor(private readonly sealer: Sealer) {}

  seal(place: NamePlace, name: string, db: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(place), Buffer.from(name), db);
  }

  async open(place: NamePlace, sealed: Buffer, db: Tx): Promise<string> {
    return (await this.sealer.open(placeOf(place), sealed, db)).toString('utf8');
  }

  /** The name of a file that is not named as its document is. */
  sealOfFile(place: FileNamePlace, name: string, db: Tx): Promise<Buffer> {
    return this.sealer.seal(filePlaceOf(place), Buffer.from(name), db);
  }

  async openOfFile(place: FileNamePlace, sealed: Buffer, db: Tx): Promise<string> {
    return (await this.sealer.open(filePlaceOf(place), sealed, db)).toString('utf8');
  }
}
