import { loadAhead } from './ahead.js';
import type { DocumentReply, DocumentRequest } from './document-job.js';
import { guardProcess } from './guard.js';
import { perform } from './perform.js';

// A process that handles one document. It is given no settings, no keys and no connection: what a hostile document could
// take over has nothing but that document.

/** Tells the parent; resolves once the message is handed over. */
const tell = (reply: DocumentReply): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(reply, () => resolve());
    else resolve();
  });

const guard = guardProcess();

process.once('message', (request: DocumentRequest) => {
  guard.begin();
  const report = (reply: DocumentReply): void => {
    guard.beat();
    void tell(reply);
  };
  void perform(request, report)
    .then(tell)
    .finally(() => process.exit());
});
process.once('disconnect', () => process.exit());

const [, , format = '', purpose] = process.argv;
void loadAhead(format, purpose);
