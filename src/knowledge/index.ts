export { KNOWLEDGE_ERRORS } from './knowledge.errors.js';
export { KnowledgeModule } from './knowledge.module.js';
export { inverseDocumentFrequency, termScore } from './retrieval/bm25.js';
export { toCodePoints } from './retrieval/code-points.js';
export { type DocumentMatch, QueryCollection } from './retrieval/query-collection.js';
export { type Sentence, sentencesOf } from './retrieval/sentences.js';
export { type Term, TermReader } from './retrieval/terms.js';
export type { FoundPassage } from './search/knowledge-search.service.js';
export { KnowledgeSources, type NamedSource } from './search/knowledge-sources.service.js';
