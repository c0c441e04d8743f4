import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

export const KNOWLEDGE_ERRORS = defineErrors({
  KNOWLEDGE_BASE_EXISTS: {
    status: 409,
    type: 'conflict',
    message: 'The project has a knowledge base of that name. Choose another name.',
  },
  FORMAT_NOT_INDEXABLE: {
    status: 422,
    type: 'unprocessable',
    message:
      'Knowledge bases read PDF, DOCX, HTML, Markdown, text, CSV and JSON. Convert the file to one of these.',
  },
  DOCUMENT_INDEXING: {
    status: 409,
    type: 'conflict',
    message: 'The document is being indexed already. Wait for the end, which its status tells.',
  },
  EMBEDDING_MODEL_UNUSABLE: {
    status: 422,
    type: 'unprocessable',
    message: 'The model does not turn texts into vectors. Name an embedding model of a model server.',
  },
  NOTHING_TO_REINDEX: {
    status: 422,
    type: 'unprocessable',
    message:
      'The knowledge base has no document that could be indexed anew. Upload one, or wait for those that are being indexed.',
  },
});

export const knowledgeError = errorsOf(KNOWLEDGE_ERRORS);
