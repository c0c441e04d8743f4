import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { TextPlace } from './document-texts.service.js';
import { StaleText } from './document-texts.service.js';
import { KnowledgeChangesRepository } from './knowledge-changes.repository.js';
import type { StoredOutline } from './knowledge-document.js';

const placeOf = ({ organizationId, documentId, edition }: TextPlace) => ({
  organizationId,
  table: 'knowledge_documents',
  id: documentId,
  version: edition,
});

/** How texts are built and cut, at rest: titles are content, so that all of it lies sealed. */
@Injectable()
export class KnowledgeOutlines {
  constructor(
    private readonly repository: KnowledgeChangesRepository,
    private readonly sealer: Sealer,
  ) {}

  seal(place: TextPlace, outline: StoredOutline, db: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(place), Buffer.from(JSON.stringify(outline)), db);
  }

  async open(place: TextPlace, sealed: Buffer, db: Tx): Promise<StoredOutline> {
    return JSON.parse((await this.sealer.open(placeOf(place), sealed, db)).toString('utf8'));
  }

  /** @throws StaleText when the document has another edition now, or none */
  async read(place: TextPlace & { readonly knowledgeBaseId: string }, db: Tx): Promise<StoredOutline> {
    const [row] = await this.repository.listIndexable(place, [place.documentId], db);
    if (row?.edition !== place.edition) throw new StaleText();
    return this.open(place, row.outlineSealed, db);
  }
}
