import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, platformError } from '../../platform/errors/app-error.js';
import { isId } from '../../platform/http/ids.js';
import { holds } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { KnowledgeBasesService } from '../bases/knowledge-bases.service.js';
import { KnowledgeDocumentsRepository } from '../documents/knowledge-documents.repository.js';
import { type FoundPassage, type KnowledgeScope, KnowledgeSearch } from './knowledge-search.service.js';

/** A knowledge base or one document of one, as a request names it. */
export interface NamedSource {
  readonly id: string;
  readonly kind: 'knowledge_base' | 'document';
  /** Where the request names it, for errors. */
  readonly field: string;
}

/** Passages for whoever answers questions, from what the caller names and may read. */
@Injectable()
export class KnowledgeSources {
  constructor(
    private readonly bases: KnowledgeBasesService,
    private readonly documents: KnowledgeDocumentsRepository,
    private readonly knowledge: KnowledgeSearch,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * The best passages first.
   * @throws AppError PERMISSION_DENIED; NOT_FOUND naming the field of what is not there
   */
  async find(
    caller: Caller,
    sources: readonly NamedSource[],
    query: string,
    limit: number,
  ): Promise<readonly FoundPassage[]> {
    const scopes = await this.scopesOf(caller, sources);
    const { passages } = await this.knowledge.search({ caller, scopes, query, limit });
    return passages;
  }

  /** @throws AppError PERMISSION_DENIED; NOT_FOUND naming the field of what is not there, or not theirs to read */
  async assertReadable(caller: Caller, sources: readonly NamedSource[]): Promise<void> {
    if (sources.length > 0) await this.scopesOf(caller, sources);
  }

  private async scopesOf(caller: Caller, sources: readonly NamedSource[]): Promise<KnowledgeScope[]> {
    if (!holds(caller.principal, 'knowledge:read')) {
      const message =
        'This credential lacks the scope knowledge:read, which answers from knowledge bases need.';
      throw platformError('PERMISSION_DENIED', { message });
    }
    const whole = new Set<string>();
    const parts = new Map<string, string[]>();
    for (const source of sources) {
      const knowledgeBaseId = await this.knowledgeBaseOf(caller, source);
      if (source.kind === 'knowledge_base') whole.add(knowledgeBaseId);
      else parts.set(knowledgeBaseId, [...(parts.get(knowledgeBaseId) ?? []), source.id]);
    }
    return [
      ...[...whole].map((knowledgeBaseId) => ({ knowledgeBaseId })),
      ...[...parts]
        .filter(([knowledgeBaseId]) => !whole.has(knowledgeBaseId))
        .map(([knowledgeBaseId, documentIds]) => ({ knowledgeBaseId, documentIds })),
    ];
  }

  private async knowledgeBaseOf(caller: Caller, { id, kind, field }: NamedSource): Promise<string> {
    const missing = platformError('NOT_FOUND', { details: { field, constraint: 'exists' } });
    if (!isId(kind === 'document' ? 'doc' : 'kb', id)) throw missing;
    const knowledgeBaseId = kind === 'document' ? await this.ofDocument(caller, id) : id;
    if (knowledgeBaseId === undefined) throw missing;
    await this.bases.getRow(caller, knowledgeBaseId).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'NOT_FOUND' ? missing : error;
    });
    return knowledgeBaseId;
  }

  private async ofDocument({ principal }: Caller, id: string): Promise<string | undefined> {
    const document = await this.documents.find(principal.organizationId, id, this.dataSource.manager);
    return document?.knowledgeBaseId;
  }
}
