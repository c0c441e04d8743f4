import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors/start-error.js';
import type { JobAnswer } from './demo-client.js';
import type { DocumentsClient, OutcomeAnswer } from './documents-client.js';
import { keep } from './keepsakes.js';
import { medicalLetter } from './medical-letter.js';
import type { Palette } from './palette.js';
import { Progress } from './progress.js';
import { reportLines } from './report-lines.js';
import { heading } from './sample-page.js';

const POLL_MS = 100;
const PATIENCE_MS = 120_000;

async function untilFinished(client: DocumentsClient, accepted: JobAnswer): Promise<JobAnswer> {
  const progress = new Progress(process.stderr, 'A worker process redacts a letter, and looks at it again');
  try {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(POLL_MS)) {
      const job = await client.job(accepted.id);
      if (!['queued', 'running'].includes(job.status)) return job;
    }
  } finally {
    progress.end();
  }
  throw new StartError('The demo ends: the letter was not redacted within two minutes.');
}

/** @throws StartError when there is no report, with the code of the reason */
function finished({ redacted_file_id: fileId, report, error }: OutcomeAnswer) {
  if (fileId !== null && report?.verification.passed) return { fileId, report };
  throw new StartError(`The demo ends: the letter was not redacted (${error?.code ?? 'no report'}).`);
}

/** The copy is uploaded like any document, so that what is shown is what is in it. */
async function pictures(client: DocumentsClient, documentIds: readonly string[], pages: number) {
  const shown: Buffer[] = [];
  for (const id of documentIds)
    for (let page = 1; page <= pages; page += 1) shown.push(await client.picture(id, page));
  return shown;
}

/**
 * A doctor's letter as PDF, redacted in the background; its report, and files to compare.
 * @throws StartError when it is not redacted
 */
export async function redactionPage(client: DocumentsClient, palette: Palette): Promise<string[]> {
  const original = await medicalLetter();
  const project = await client.createProject('Letters to redact');
  const { document_id: id } = await client.upload(project, 'letter.pdf', original);
  const since = performance.now();
  await untilFinished(client, await client.redact(project));
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  const { fileId, report } = finished(await client.outcome(id));
  const copy = await client.download(fileId);
  const shown = await client.upload(project, 'letter redacted.pdf', copy);
  const images = await pictures(client, [id, shown.document_id], report.pages);
  const names = ['before', 'after'].flatMap((when) =>
    Array.from({ length: report.pages }, (_, index) => `page-${index + 1}-${when}.png`),
  );
  const paths = keep([
    ['letter.pdf', original],
    ['letter-redacted.pdf', copy],
    ...names.map((name, index): [string, Buffer] => [name, images[index] ?? Buffer.alloc(0)]),
    ['report.json', `${JSON.stringify(report, null, 2)}\n`],
  ]);
  return [
    heading('A medical letter as PDF, redacted', palette),
    `  ${palette.faint('Header, table, properties and a note. What is removed is gone from the file.')}`,
    '',
    ...reportLines(report, palette).map((line) => (line === '' ? '' : `  ${line}`)),
    '',
    `  ${report.redactions} places in ${seconds} s, queue and checks included. To compare, these files stay:`,
    '',
    ...paths.map((path) => `  ${path}`),
    '',
  ];
}
