import type { FoundPassage } from '../knowledge-search.service.js';
import type { KnowledgePassageDto } from './knowledge-search.dto.js';

export const presentPassage = (passage: FoundPassage): KnowledgePassageDto => ({
  document_id: passage.documentId,
  knowledge_base_id: passage.knowledgeBaseId,
  filename: passage.filename,
  text: passage.text,
  start: passage.start,
  end: passage.end,
  page: passage.page,
  last_page: passage.lastPage,
  headings: [...passage.headings],
  score: Number(passage.score.toPrecision(6)),
});
