import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type EventName, EventNames } from '../platform/outbox/event-names.js';
import { DocumentNames } from './document-names.service.js';
import { DocumentsRepository } from './documents.repository.js';

/** Names of the files that events mention. */
@Injectable()
export class DocumentEventNames extends EventNames {
  readonly kind = 'document';

  constructor(
    private readonly documents: DocumentsRepository,
    private readonly names: DocumentNames,
  ) {
    super();
  }

  async find(organizationId: string, ids: readonly string[], db: Tx): Promise<Map<string, EventName>> {
    const found = new Map<string, EventName>();
    for (const { id, nameSealed, format } of await this.documents.findMany(organizationId, ids, db)) {
      const name = await this.names.open({ organizationId, id }, nameSealed, db);
      found.set(id, { name, standIn: `${id}.${format}` });
    }
    return found;
  }
}
