import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { LibraryItem, LibraryPlace, LibraryRow, LibraryTable } from './library-item.js';

const placeOf = (table: LibraryTable, { organizationId, id, version }: LibraryPlace) => ({
  organizationId,
  table,
  id,
  version,
});

/** What is in prompts and assistants at rest: it opens nowhere but in its own row, as of its version. */
@Injectable()
export class LibrarySealer {
  constructor(private readonly sealer: Sealer) {}

  seal(table: LibraryTable, place: LibraryPlace, texts: object, db: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(table, place), Buffer.from(JSON.stringify(texts)), db);
  }

  /** @throws OpenError when it was changed or moved */
  async open<Texts extends object>(
    table: LibraryTable,
    { textsSealed, nameLookup: _, ...item }: LibraryRow,
    db: Tx,
  ): Promise<LibraryItem & Texts> {
    const bytes = await this.sealer.open(placeOf(table, item), textsSealed, db);
    return { ...(JSON.parse(bytes.toString('utf8')) as Texts), ...item };
  }
}
