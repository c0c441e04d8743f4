import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors/start-error.js';
import type { DemoClient, JobAnswer } from './demo-client.js';
import type { Palette } from './palette.js';
import { Progress } from './progress.js';
import { heading } from './sample-page.js';

const DOCUMENTS = 1_000;
const POLL_MS = 100;
const PATIENCE_MS = 60_000;

const letters = (): unknown[] =>
  Array.from({ length: DOCUMENTS }, (_, number) => ({
    id: `letter-${number + 1}`,
    data: `Dear Maria Garcia, your case ${number + 1} is settled. Call 555-010-4477 or write to maria@example.com.`,
  }));

async function untilFinished(client: DemoClient, accepted: JobAnswer): Promise<JobAnswer> {
  const progress = new Progress(process.stderr, `A worker process redacts ${DOCUMENTS} letters`);
  try {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(POLL_MS)) {
      const job = await client.job(accepted.id);
      if (!['queued', 'running'].includes(job.status)) return job;
      progress.tell(`${job.progress.completed} of ${job.progress.total}`);
    }
  } finally {
    progress.end();
  }
  throw new StartError('The demo ends: the letters were not worked on within a minute.');
}

/** Many letters handed over in one request, worked on in the background. @throws StartError when one is left over */
export async function batchPage(client: DemoClient, palette: Palette): Promise<string[]> {
  const documents = letters();
  const key = crypto.randomUUID();
  const since = performance.now();
  const accepted = await client.startBatch(documents, key);
  const acceptedMs = performance.now() - since;
  const { progress, status } = await untilFinished(client, accepted);
  const seconds = (performance.now() - since) / 1000;
  if (status !== 'completed' || progress.completed !== DOCUMENTS)
    throw new StartError(`The demo ends: ${progress.completed} of ${DOCUMENTS} letters were redacted.`);
  const again = await client.startBatch(documents, key);
  const same =
    again.id === accepted.id ? palette.good('the same job, no second one') : palette.bad('another job');
  return [
    heading('A thousand letters in the background', palette),
    `  ${palette.faint('"async": true answers at once; the queue survives a kill of any process.')}`,
    '',
    `  Accepted in ${acceptedMs.toFixed(0)} ms, ${progress.completed} redacted and ${progress.failed} failed after ${seconds.toFixed(1)} s.`,
    `  The same request again, with its Idempotency-Key: ${same}.`,
    '',
  ];
}
