import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Collected } from '../../files/index.js';
import { platformError } from '../../platform/errors/app-error.js';
import type { Caller } from '../../platform/http/request-context.js';
import { DocumentTexts, StaleText } from '../documents/document-texts.service.js';
import { KnowledgeChangesRepository, type KnowledgeHead } from '../documents/knowledge-changes.repository.js';
import { Embeddings } from '../embeddings/embeddings.service.js';
import { fuseRankings } from '../retrieval/rank-fusion.js';
import type { ChunkMatch, QuestionVector } from './knowledge-index.js';
import { KnowledgeIndexes } from './knowledge-indexes.service.js';

/** What is looked for, and where. */
export interface KnowledgeQuestion {
  readonly caller: Caller;
  /** Each knowledge base once. */
  readonly scopes: readonly KnowledgeScope[];
  readonly query: string;
  readonly limit: number;
}

/** A knowledge base, or some of its documents. */
export interface KnowledgeScope {
  readonly knowledgeBaseId: string;
  /** Nothing but these documents. */
  readonly documentIds?: readonly string[] | undefined;
}

/** A chunk as it stands in the stored text of its document. */
export interface FoundPassage {
  readonly knowledgeBaseId: string;
  readonly documentId: string;
  readonly filename: string;
  readonly text: string;
  /** In code points of the stored text, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly lastPage: number | null;
  readonly headings: readonly string[];
  /** The header row of a table the passage is of. */
  readonly context: string;
  /** Above 0; to be compared within one search alone. */
  readonly score: number;
}

/** What was found, and how it was looked for. */
export interface FoundPassages {
  /** The best first. */
  readonly passages: readonly FoundPassage[];
  /** `hybrid` where vectors were asked too; knowledge bases without any, and model servers that are away, leave words. */
  readonly ranking: 'lexical' | 'hybrid';
}

interface Match extends ChunkMatch {
  readonly knowledgeBaseId: string;
}

/** Documents may be indexed anew between finding a chunk and reading it. */
const MOST_ATTEMPTS = 5;

/** Finds passages in knowledge bases, and reads each from the stored text: what is cited stands there. */
@Injectable()
export class KnowledgeSearch {
  constructor(
    private readonly changes: KnowledgeChangesRepository,
    private readonly indexes: KnowledgeIndexes,
    private readonly embeddings: Embeddings,
    private readonly texts: DocumentTexts,
    private readonly collected: Collected.CollectedDocuments,
    private readonly dataSource: DataSource,
  ) {}

  /** Callers answer for who may read them. @throws AppError NOT_FOUND when a knowledge base is gone */
  async search(question: KnowledgeQuestion): Promise<FoundPassages> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(question);
      } catch (error) {
        if (!(error instanceof StaleText) || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  private async attempt(question: KnowledgeQuestion): Promise<FoundPassages> {
    const { organizationId } = question.caller.principal;
    const db = this.dataSource.manager;
    const { matches, ranking } = await this.match(question);
    const passages = await this.texts.readPassages(organizationId, matches, db);
    const ids = [...new Set(matches.map(({ documentId }) => documentId))];
    const names = await this.collected.namesOf(organizationId, ids, db);
    const found = matches.flatMap((match, at) => {
      const [passage, filename] = [passages[at], names.get(match.documentId)];
      if (!passage || filename === undefined) return [];
      const { knowledgeBaseId, documentId, page, lastPage, headings, context, score } = match;
      const { text, pointStart: start, pointEnd: end } = passage;
      const place = { knowledgeBaseId, documentId, filename, page, lastPage, headings, context };
      return [{ ...place, text, start, end, score }];
    });
    return { passages: found, ranking };
  }

  private async match({ caller, scopes, query, limit }: KnowledgeQuestion) {
    const { organizationId } = caller.principal;
    const ids = scopes.map(({ knowledgeBaseId }) => knowledgeBaseId);
    const heads = await this.changes.headsOf(organizationId, ids, this.dataSource.manager);
    if (heads.length < ids.length) throw platformError('NOT_FOUND');
    const among = new Map(
      scopes.map(({ knowledgeBaseId, documentIds }) => [
        knowledgeBaseId,
        documentIds && new Set(documentIds),
      ]),
    );
    const vectors = await this.understand(caller, heads, query);
    const rankings = await this.indexes.ask<Match[]>(organizationId, heads, (index, head) => {
      const near = vectors.get(understandingOf(head));
      const found = index.search({ query, limit, among: among.get(head.id), near });
      return found.map((match) => ({ ...match, knowledgeBaseId: head.id }));
    });
    const ranking: FoundPassages['ranking'] = vectors.size > 0 ? 'hybrid' : 'lexical';
    const [only, ...others] = rankings;
    if (!only || others.length === 0) return { matches: only ?? [], ranking };
    return { matches: joined(rankings).slice(0, limit), ranking };
  }

  /** The question as each model understands it. One whose server is away leaves the words to be looked for. */
  private async understand(
    caller: Caller,
    heads: readonly KnowledgeHead[],
    query: string,
  ): Promise<ReadonlyMap<string, QuestionVector>> {
    const vectors = new Map<string, QuestionVector>();
    const wanted = new Map(heads.map((head) => [understandingOf(head), head]));
    await Promise.all(
      [...wanted].map(async ([key, { projectId, embeddingModel: model }]) => {
        if (model === null) return;
        const vector = await this.embeddings
          .ofQuestion(caller, projectId, model, query)
          .catch(() => undefined);
        caller.signal().throwIfAborted();
        if (vector) vectors.set(key, { model, vector });
      }),
    );
    return vectors;
  }
}

/** Policies of projects differ in what of a question they let out. */
const understandingOf = ({ projectId, embeddingModel }: KnowledgeHead): string =>
  `${projectId} ${embeddingModel}`;

/** Scores of different knowledge bases do not compare, so places do. */
function joined(rankings: readonly (readonly Match[])[]): Match[] {
  const byKey = new Map(rankings.flat().map((match) => [keyOf(match), match]));
  const fused = fuseRankings(rankings.map((ranking) => ranking.map(keyOf)));
  return fused.flatMap(({ id, score }) => {
    const match = byKey.get(id);
    return match ? [{ ...match, score }] : [];
  });
}

const keyOf = ({ documentId, start }: Match): string => `${documentId}/${start}`;
