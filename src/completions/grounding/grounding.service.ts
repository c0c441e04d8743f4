import { Injectable } from '@nestjs/common';
import { type FoundPassage, KnowledgeSources, type NamedSource } from '../../knowledge/index.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ChatRequest } from '../protocol/chat-request.js';
import { fitting, questionOf } from './grounded-request.js';

/** Most passages that a model is told. */
const MOST_PASSAGES = 8;

/** Passages that were put into a request, and before which of its messages. */
export interface Sources {
  readonly passages: readonly FoundPassage[];
  readonly at: number;
}

/** Finds what a request's knowledge bases say about its question. */
@Injectable()
export class Grounding {
  constructor(private readonly sources: KnowledgeSources) {}

  /**
   * The best passages first; none where the request names no sources, or nothing in them fits.
   * @throws AppError PERMISSION_DENIED; NOT_FOUND naming the field of a source that is not there
   */
  async passagesFor(caller: Caller, { files, knowledgeIds, body }: ChatRequest): Promise<FoundPassage[]> {
    const named: NamedSource[] = [
      ...files.map(({ type, id }, at) => ({
        ...{ id, field: `files[${at}].id` },
        kind: type === 'file' ? ('document' as const) : ('knowledge_base' as const),
      })),
      ...knowledgeIds.map((id, at) => ({
        ...{ id, field: `knowledge_ids[${at}]`, kind: 'knowledge_base' as const },
      })),
    ];
    if (named.length === 0) return [];
    return fitting(await this.sources.find(caller, named, questionOf(body), MOST_PASSAGES));
  }
}
