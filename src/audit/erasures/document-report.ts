import type {
  DocumentAction,
  DocumentOutcome,
  SearchedDocument,
} from '../../platform/erasure/document-search.js';

/** Ids that a report lists, of each kind; its counts know of all. */
export const MOST_LISTED = 100;

/** What looking into the files of documents has come to so far. */
export interface DocumentReport {
  readonly action: DocumentAction;
  /** Documents there were when it began. */
  readonly total: number;
  readonly searched: number;
  /** Of documents in whose files the value stood; the first {@link MOST_LISTED}. */
  readonly foundIds: readonly string[];
  readonly unreadIds: readonly string[];
  /** How many by the code of why they could not be read. */
  readonly unreadReasons: Readonly<Record<string, number>>;
  /** The document that was looked into last; empty before the first. */
  readonly cursor: string;
  /** The last one that is looked into. */
  readonly until: string;
}

export const newReport = (
  action: DocumentAction,
  { total, until }: Pick<DocumentReport, 'total' | 'until'>,
): DocumentReport => ({
  ...{ action, total, until, cursor: '', searched: 0 },
  ...{ foundIds: [], unreadIds: [], unreadReasons: {} },
});

export const isDone = ({ cursor, until }: DocumentReport): boolean => cursor === until;

const FOUND: ReadonlySet<DocumentOutcome> = new Set(['found', 'deleted', 'held']);

const listed = (ids: readonly string[], id: string): readonly string[] =>
  ids.length < MOST_LISTED ? [...ids, id] : ids;

/** The report with one document more; where the search has come to is not changed by it. */
export function withDocument(
  report: DocumentReport,
  { documentId, outcome, unread }: SearchedDocument,
): DocumentReport {
  const searched = report.searched + 1;
  if (FOUND.has(outcome)) return { ...report, searched, foundIds: listed(report.foundIds, documentId) };
  if (unread === null) return { ...report, searched };
  const unreadReasons = { ...report.unreadReasons, [unread]: (report.unreadReasons[unread] ?? 0) + 1 };
  return { ...report, searched, unreadIds: listed(report.unreadIds, documentId), unreadReasons };
}

/** What a document adds to the counts of an erasure. */
export function countsOf({ outcome, unread }: SearchedDocument): readonly string[] {
  if (outcome === 'deleted') return ['documents_found', 'documents_deleted'];
  if (outcome === 'held') return ['documents_found', 'documents_held'];
  if (outcome === 'found') return ['documents_found'];
  return unread === null ? [] : ['documents_unread'];
}
