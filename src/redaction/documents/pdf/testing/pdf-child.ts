import { detectors } from '../../../detection-options.js';
import { DocumentDetector } from '../../document-detector.js';
import { DocumentFailure } from '../../document-failure.js';
import type { DocumentTask } from '../../document-handler.js';
import { PdfHandler } from '../pdf.handler.js';
import type { Outcome, PdfRequest } from './redacting-process.js';

const handler = new PdfHandler();
const newDetector = detectors({
  confidence_threshold: 0.5,
  custom_patterns: [],
  entities: ['SSN', 'EMAIL'],
  allow_list: [],
  deny_list: [],
});

async function outcomeOf({ kind, bytes, policy }: PdfRequest): Promise<Outcome> {
  const task: DocumentTask = {
    policy,
    detector: new DocumentDetector(newDetector(), policy.searchTerms),
    progress: () => {},
  };
  try {
    if (kind === 'inspect') return { inspection: await handler.inspect(bytes, task) };
    return { redacted: await handler.redact(bytes, task) };
  } catch (error) {
    if (error instanceof DocumentFailure) return { refused: error.code, page: error.page };
    return { fault: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

process.on('message', (request: PdfRequest) => {
  void outcomeOf(request).then((outcome) => process.send?.(outcome));
});
process.once('disconnect', () => process.exit());
