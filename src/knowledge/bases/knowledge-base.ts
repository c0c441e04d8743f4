/** Least and greatest length of a chunk, in characters (UTF-16 code units), and what new knowledge bases have. */
export const CHUNK_SIZE = { minimum: 100, maximum: 8_000, default: 1_000 } as const;
export const CHUNK_OVERLAP = { minimum: 0, maximum: 4_000, default: 100 } as const;

/** How documents are read, cut and searched. */
export interface KnowledgeSettings {
  /** Longest chunk, and how much of one the next repeats, in characters. */
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  /** Whether personal data is removed before a text is stored and indexed. */
  readonly redact: boolean;
  /** The policy to redact by; null for the server's defaults. */
  readonly processorId: string | null;
  /** The model that makes vectors, by which what means the same is found; null: found by words alone. */
  readonly embeddingModel: string | null;
}

/** A collection of documents that questions are answered from. */
export interface KnowledgeBase extends KnowledgeSettings {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly name: string;
  readonly description: string | null;
  readonly documentCount: number;
  /** Documents that can be found by searching, and their chunks. */
  readonly indexedCount: number;
  readonly chunkCount: number;
  /** Counts what became findable or was removed; searches see the newest. */
  readonly revision: number;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What clients decide of a knowledge base. */
export interface KnowledgeBaseChoice extends KnowledgeSettings {
  readonly name: string;
  readonly description: string | null;
}

/** What is to be changed; absent fields stay. */
export type KnowledgeBaseChange = {
  readonly [K in keyof KnowledgeBaseChoice]?: KnowledgeBaseChoice[K] | undefined;
};

/** Which knowledge bases to list; absent fields do not filter. */
export interface KnowledgeBaseFilter {
  readonly projectId?: string | undefined;
  readonly name?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** Which knowledge base of which tenant. */
export interface KnowledgeBaseRef {
  readonly organizationId: string;
  readonly knowledgeBaseId: string;
}
