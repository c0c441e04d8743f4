import { Injectable } from '@nestjs/common';
import { Sealer } from '../../platform/audit/audit.writer.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { KnowledgeBase } from './knowledge-base.js';
import type { KnowledgeBaseRow } from './knowledge-bases.repository.js';

type Texts = Pick<KnowledgeBase, 'name' | 'description'>;

interface Place {
  readonly organizationId: string;
  readonly id: string;
  readonly version: number;
}

const placeOf = ({ organizationId, id, version }: Place) => ({
  organizationId,
  table: 'knowledge_bases',
  id,
  version,
});

/** Name and description of knowledge bases at rest: they open nowhere but in their own, as of their version. */
@Injectable()
export class KnowledgeBaseTexts {
  constructor(private readonly sealer: Sealer) {}

  seal(place: Place, { name, description }: Texts, db: Tx): Promise<Buffer> {
    return this.sealer.seal(placeOf(place), Buffer.from(JSON.stringify({ name, description })), db);
  }

  async open({ textsSealed, ...row }: KnowledgeBaseRow, db: Tx): Promise<KnowledgeBase> {
    const texts: Texts = JSON.parse((await this.sealer.open(placeOf(row), textsSealed, db)).toString('utf8'));
    return { ...row, ...texts };
  }
}
