import type { FileFormat } from './formats/file-format.js';

export const DOCUMENT_STATUSES = [
  'uploaded',
  'processing',
  'processed',
  'indexed',
  'partial',
  'failed',
] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];

export const REDACTION_STATUSES = ['none', 'queued', 'running', 'completed', 'failed'] as const;
export type RedactionStatus = (typeof REDACTION_STATUSES)[number];

export const FILE_KINDS = ['original', 'redacted'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** A document of a project: what was uploaded, and what became of it. */
export interface StoredDocument {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  /** The knowledge base it was put into; null of a document of the project itself. */
  readonly knowledgeBaseId: string | null;
  readonly fileId: string;
  readonly redactedFileId: string | null;
  /** The file's name, opened. */
  readonly name: string;
  readonly format: FileFormat;
  /** Of the file as it was uploaded, in bytes. */
  readonly size: number;
  readonly status: DocumentStatus;
  readonly redactionStatus: RedactionStatus;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A file of a document: its bytes lie encrypted in the object store. */
export interface StoredFile {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly documentId: string;
  readonly kind: FileKind;
  /** Of the wrapped key's place, from 1. */
  readonly version: number;
  readonly objectKey: string;
  /** In clear, and as it is stored; bytes. */
  readonly size: number;
  readonly storedSize: number;
  /** The file's key, wrapped to the project's public half. */
  readonly keyWrapped: Buffer;
  readonly createdAt: Date;
}

/** Which documents to list; absent fields do not filter. */
export interface DocumentFilter {
  /** Those of the project itself, without what lies in its knowledge bases. */
  readonly projectId?: string | undefined;
  readonly knowledgeBaseId?: string | undefined;
  readonly status?: DocumentStatus | undefined;
  readonly redactionStatus?: RedactionStatus | undefined;
  readonly format?: FileFormat | undefined;
  readonly name?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}
