import { detectors } from '../../detection-options.js';
import { vaultMatcher } from '../../vault-matcher.js';
import { DocumentDetector } from '../document-detector.js';
import { DocumentFailure } from '../document-failure.js';
import type { DocumentTask } from '../document-handler.js';
import { extractDocument } from '../extraction/extractors.js';
import { loadHandler } from '../handlers.js';
import type { DocumentJob, DocumentReply, DocumentRequest, RedactedFile } from './document-job.js';
import { redactFileName } from './file-name.js';
import { ListeningDetector } from './listening-detector.js';

/** Does what is asked and says what came of it; never throws. */
export async function perform(
  request: DocumentRequest,
  report: (reply: DocumentReply) => void,
): Promise<DocumentReply> {
  try {
    return { kind: 'done', result: await resultOf(request, report) };
  } catch (error) {
    if (error instanceof DocumentFailure) return { kind: 'failure', code: error.code, page: error.page };
    if (error instanceof RangeError && request.kind === 'render') return { kind: 'range' };
    return { kind: 'fault', name: error instanceof Error ? error.name : typeof error };
  }
}

async function resultOf(request: DocumentRequest, report: (reply: DocumentReply) => void) {
  if (request.kind === 'extract') {
    const { bytes, format, password } = request.job;
    return extractDocument(bytes, format, { password, progress: (step) => report({ kind: 'step', step }) });
  }
  const { job } = request;
  const handler = await loadHandler(job.format);
  const detector = new ListeningDetector(detectorOf(job));
  const task: DocumentTask = {
    policy: job.policy,
    detector,
    progress: (step) => report({ kind: 'step', step }),
  };
  if (request.kind === 'redact') {
    const redacted = await handler.redact(job.bytes, task);
    return {
      ...redacted,
      name: redactFileName(job.name, detectorOf(job), detector.found),
    } satisfies RedactedFile;
  }
  if (request.kind === 'inspect') return handler.inspect(job.bytes, task);
  const { page, width, marked } = request.page;
  if (!handler.render) throw new RangeError('documents of this format have no pages');
  return handler.render(job.bytes, task, page, width, marked);
}

const detectorOf = ({ options, policy, secrets }: DocumentJob): DocumentDetector =>
  new DocumentDetector(
    detectors(options, secrets && [vaultMatcher({ fingerprints: secrets, wrapped: true })])(),
    policy.searchTerms,
  );
