/** Why a document has no vectors, and what to do, by code. Without them it is found by its words. */
const TEXTS: Readonly<Record<string, string>> = {
  BLOCKED_BY_POLICY:
    'The shield policy of the project lets nothing like this document through to a model. Choose another model or policy, and index the document anew.',
  KEPT_LOCAL:
    'The shield policy of the project keeps documents like this on private model servers. Choose a model on one of these, and index the document anew.',
  MODEL_NOT_FOUND:
    'The embedding model of the knowledge base is gone. Name another one, and index the document anew.',
  MODEL_CANNOT:
    'The model of the knowledge base makes no vectors. Name another one, and index the document anew.',
  UPSTREAM_REFUSED: 'The model server refused a text of the document. Ask who runs it.',
  UPSTREAM_UNAVAILABLE: 'The model server was away for too long. Index the document anew once it answers.',
  UPSTREAM_RATE_LIMITED: 'The model server had too much to do for too long. Index the document anew later.',
  UPSTREAM_TIMEOUT: 'The model server took too long. Index the document anew once it is faster.',
  CANCELLED: 'The job was cancelled. Index the document anew if you want it to have vectors.',
  DOCUMENT_GONE: 'The document was deleted meanwhile.',
};

/** The public text of a code that making vectors ended with. */
export const embeddingFailure = (code: string): string =>
  TEXTS[code] ?? `Vectors could not be made: ${code}. Index the document anew; the job's log says more.`;
