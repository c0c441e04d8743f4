import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Collected } from '../../files/index.js';
import { DocumentTexts, StaleText } from '../documents/document-texts.service.js';
import { fuseRankings } from '../retrieval/rank-fusion.js';
import type { ChunkMatch } from './knowledge-index.js';
import { KnowledgeIndexes } from './knowledge-indexes.service.js';

/** What is looked for, and where. */
export interface KnowledgeQuestion {
  readonly organizationId: string;
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

interface Match extends ChunkMatch {
  readonly knowledgeBaseId: string;
}

/** Documents may be indexed anew between finding a chunk and reading it. */
const MOST_ATTEMPTS = 5;

/** Finds passages in knowledge bases, and reads each from the stored text: what is cited stands there. */
@Injectable()
export class KnowledgeSearch {
  constructor(
    private readonly indexes: KnowledgeIndexes,
    private readonly texts: DocumentTexts,
    private readonly collected: Collected.CollectedDocuments,
    private readonly dataSource: DataSource,
  ) {}

  /** The best first. Callers answer for who may read them. @throws AppError NOT_FOUND when a knowledge base is gone */
  async search(question: KnowledgeQuestion): Promise<FoundPassage[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(question);
      } catch (error) {
        if (!(error instanceof StaleText) || attempt === MOST_ATTEMPTS) throw error;
      }
    }
  }

  private async attempt(question: KnowledgeQuestion): Promise<FoundPassage[]> {
    const { organizationId } = question;
    const db = this.dataSource.manager;
    const matches = await this.match(question);
    const passages = await this.texts.readPassages(organizationId, matches, db);
    const ids = [...new Set(matches.map(({ documentId }) => documentId))];
    const names = await this.collected.namesOf(organizationId, ids, db);
    return matches.flatMap((match, at) => {
      const [passage, filename] = [passages[at], names.get(match.documentId)];
      if (!passage || filename === undefined) return [];
      const { knowledgeBaseId, documentId, page, lastPage, headings, context, score } = match;
      const { text, pointStart: start, pointEnd: end } = passage;
      const place = { knowledgeBaseId, documentId, filename, page, lastPage, headings, context };
      return [{ ...place, text, start, end, score }];
    });
  }

  private async match({ organizationId, scopes, query, limit }: KnowledgeQuestion) {
    const ids = scopes.map(({ knowledgeBaseId }) => knowledgeBaseId);
    const among = new Map(
      scopes.map(({ knowledgeBaseId, documentIds }) => [
        knowledgeBaseId,
        documentIds && new Set(documentIds),
      ]),
    );
    const rankings = await this.indexes.ask<Match[]>(organizationId, ids, (index, knowledgeBaseId) =>
      index.search(query, limit, among.get(knowledgeBaseId)).map((match) => ({ ...match, knowledgeBaseId })),
    );
    const [only, ...others] = rankings;
    if (!only || others.length === 0) return only ?? [];
    return joined(rankings).slice(0, limit);
  }
}

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
