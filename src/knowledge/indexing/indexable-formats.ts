import type { FileFormats } from '../../files/index.js';
import { knowledgeError } from '../knowledge.errors.js';

/** Formats whose text can be read. */
export const INDEXABLE_FORMATS = [
  'pdf',
  'docx',
  'html',
  'md',
  'txt',
  'csv',
  'json',
] as const satisfies readonly FileFormats.FileFormat[];
export type IndexableFormat = (typeof INDEXABLE_FORMATS)[number];

const KNOWN: readonly string[] = INDEXABLE_FORMATS;

/** @throws AppError FORMAT_NOT_INDEXABLE */
export function assertIndexable(format: string): void {
  if (!KNOWN.includes(format))
    throw knowledgeError('FORMAT_NOT_INDEXABLE', { details: { field: 'file', constraint: 'format' } });
}
