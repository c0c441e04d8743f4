import { serverSentComment, serverSentEvent } from '../../../platform/http/server-sent-events.js';
import type { Job } from '../../../platform/queue/job.js';
import { failureText } from '../failure-texts.js';
import type { DocumentProgress } from '../redaction.js';
import type { RedactionNews } from '../redaction-events.service.js';

/** After so long a client that lost its connection asks again, in milliseconds. */
const RETRY_MS = 5_000;

/** What SERO's clients know as reasons; everything else is a redaction that failed. */
const REASONS: Readonly<Record<string, string>> = {
  GRANT_EXPIRED: 'decrypt_failed',
  FILE_UNREADABLE: 'decrypt_failed',
  STORAGE_QUOTA_EXCEEDED: 'save_failed',
  STORAGE_FULL: 'save_failed',
  STORAGE_UNAVAILABLE: 'save_failed',
};

function reasonOf({ status, errorCode }: DocumentProgress): string | null {
  if (status === 'completed') return null;
  if (status === 'cancelled') return 'cancelled';
  return REASONS[errorCode ?? ''] ?? 'redaction_failed';
}

function summaryOf(document: DocumentProgress) {
  const isDone = document.status === 'completed';
  const code = document.status === 'failed' ? document.errorCode : null;
  return {
    document_id: document.documentId,
    ok: isDone,
    reason: reasonOf(document),
    code,
    message: code === null ? null : failureText(code),
    page: document.status === 'failed' ? document.errorPage : null,
    redacted_file_id: isDone ? document.redactedFileId : null,
    original_file_size: document.originalSize,
    redacted_file_size: isDone ? document.redactedSize : null,
    selections_applied: isDone ? document.redactions : null,
  };
}

function writeEnd({ status, itemsTotal, itemsCompleted, itemsFailed }: Job): string {
  if (status === 'cancelled') return serverSentEvent('error', { message: 'The redaction was cancelled.' });
  const counts = { total: itemsTotal, succeeded: itemsCompleted, failed: itemsFailed };
  return serverSentEvent('completed', { ok: status === 'completed' && itemsFailed === 0, ...counts });
}

function write(news: RedactionNews): string {
  switch (news.name) {
    case 'begun':
      return serverSentEvent('project_init', { total_documents: news.total });
    case 'document_begun': {
      const { position: index, documentId: document_id } = news.document;
      const begun = serverSentEvent('project_doc_start', { index, document_id });
      return `${begun}${serverSentEvent('status', { stage: 'redacting', index, document_id })}`;
    }
    case 'document_ended':
      return serverSentEvent('project_doc_summary', summaryOf(news.document));
    case 'progress':
      return serverSentEvent('project_progress', { processed: news.processed, total: news.total });
    case 'ended':
      return writeEnd(news.job);
    case 'gone':
      return serverSentEvent('error', { message: 'The project was deleted, and its redactions with it.' });
    case 'silence':
      return serverSentComment('ping');
  }
}

/** News of a redaction as server-sent events, by the names that SERO's clients know. */
export async function* redactionStream(news: AsyncGenerator<RedactionNews>): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`;
  for await (const item of news) yield write(item);
}
