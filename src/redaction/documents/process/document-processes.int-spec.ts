import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from '../document-handler.js';
import { DEFAULT_LOOK } from '../document-policy.js';
import { makeDocx, paragraph, run } from '../docx/testing/docx-maker.js';
import { documentOf, line } from '../pdf/testing/page.js';
import type { DocumentOrder } from './document-job.js';
import { DocumentProcesses } from './document-processes.service.js';

jest.setTimeout(120_000);

const never = new AbortController().signal;
const OPTIONS = { confidence_threshold: 0.85, custom_patterns: [], allow_list: [], deny_list: [] };
const POLICY = { searchTerms: [], regions: [], strict: false, look: DEFAULT_LOOK, placeholders: {} };

const SAID = 'Every word of it is to be found.';

const orderOf = (format: string, text = '', timeoutSeconds?: number): DocumentOrder => ({
  format,
  name: 'Zebulon Quackenbush.txt',
  read: async () => Buffer.from(text),
  options: { ...OPTIONS, deny_list: ['Zebulon Quackenbush'] },
  policy: POLICY,
  ...(timeoutSeconds !== undefined && { timeoutSeconds }),
});

/** Processes that this one has started and that have not ended. */
function children(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
        return Number(fields[1]) === process.pid && fields[0] !== 'Z';
      } catch {
        return false;
      }
    });
}

describe('the processes of documents', () => {
  const made: DocumentProcesses[] = [];
  const processesOf = (program: string, most = 2): DocumentProcesses => {
    const processes = new DocumentProcesses(
      { REDOUBT_DOCUMENT_PROCESSES: most },
      join(__dirname, 'testing', program),
    );
    made.push(processes);
    return processes;
  };

  afterEach(async () => {
    for (const processes of made.splice(0)) processes.onApplicationShutdown();
    while (children().length > 0) await sleep(20);
  });

  it('redact a document and its name, and leave nothing running', async () => {
    const processes = processesOf('child.cjs');
    const text = 'Dear Zebulon Quackenbush, your number is 078-05-1120.\n';
    const { bytes, name, report } = await processes.redact(orderOf('txt', text), { signal: never });
    expect(Buffer.from(bytes).toString()).toBe('Dear [DENY_LIST], your number is [SSN_REDACTED].\n');
    expect(name).toBe('DENY_LIST.txt');
    expect(report.redactions).toBe(2);
    const { findings } = await processes.inspect(orderOf('txt', text), { signal: never });
    expect(findings.map((finding) => finding.text)).toEqual(['Zebulon Quackenbush', '078-05-1120']);
  });

  it('tell what is wrong with a document', async () => {
    const processes = processesOf('child.cjs');
    const of = (format: string, text: string) => processes.redact(orderOf(format, text), { signal: never });
    await expect(of('xlsx', 'x')).rejects.toMatchObject({ code: 'FORMAT_NOT_REDACTABLE' });
    await expect(of('json', '{"a":')).rejects.toMatchObject({ code: 'DOCUMENT_INVALID' });
    const page = { page: 1, width: 100, marked: true };
    await expect(processes.render(orderOf('txt', 'x'), page, { signal: never })).rejects.toThrow(RangeError);
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>]>([
    ['txt', () => Buffer.from(SAID)],
    ['md', () => Buffer.from(SAID)],
    ['json', () => Buffer.from(SAID)],
    ['csv', () => Buffer.from(SAID)],
    ['html', () => Buffer.from(`<p>${SAID}</p>`)],
    ['docx', () => makeDocx({ body: paragraph(run(SAID)) })],
    ['pdf', () => documentOf(line(SAID, 72, 700))],
  ])('read the text of a document: %s', async (format, make) => {
    const steps: Step[] = [];
    const order = { format, read: async () => await make() };
    const extracted = await processesOf('child.cjs').extract(order, {
      signal: never,
      progress: (step) => steps.push(step),
    });
    expect(extracted).toMatchObject({ text: SAID, isPartial: false, gaps: [] });
    expect(extracted.pageCount).toBe(format === 'pdf' ? 1 : null);
    if (format === 'pdf') expect(steps).toEqual([{ stage: 'reading', done: 0, total: 1 }]);
  });

  it('tell what is wrong with a document whose text is asked for, and read the next one', async () => {
    const processes = processesOf('child.cjs', 1);
    const of = (format: string, text: string) =>
      processes.extract({ format, read: async () => Buffer.from(text) }, { signal: never });
    await expect(of('xlsx', 'x')).rejects.toMatchObject({ code: 'FORMAT_NOT_READABLE' });
    await expect(of('pdf', '%PDF-1.7\n')).rejects.toMatchObject({ code: 'DOCUMENT_DAMAGED' });
    await expect(of('csv', 'a,b\n"c')).rejects.toMatchObject({ code: 'DOCUMENT_INVALID' });
    // A process that was made ready for reading texts redacts as well.
    const { report } = await processes.redact(orderOf('txt', '078-05-1120'), { signal: never });
    expect(report.redactions).toBe(1);
    await expect(of('txt', SAID)).resolves.toMatchObject({ text: SAID });
  });

  it.each([
    ['takes memory', undefined],
    ['is stuck', undefined],
    ['goes on for ever', 1],
    ['crashes', undefined],
    ['leaves', undefined],
  ])('end one that %s, and the next document is handled', async (way, timeoutSeconds) => {
    const processes = processesOf('hostile.cjs', 1);
    const order = orderOf(way, '', timeoutSeconds);
    await expect(processes.redact(order, { signal: never })).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_COMPLEX',
    });
    await expect(processes.redact(orderOf('leaves'), { signal: never })).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_COMPLEX',
    });
  });

  it('end one that nobody waits for any more', async () => {
    const processes = processesOf('hostile.cjs');
    const gone = new AbortController();
    const redacted = processes.redact(orderOf('goes on for ever'), { signal: gone.signal });
    setTimeout(() => gone.abort(new Error('cancelled')), 500);
    await expect(redacted).rejects.toThrow('cancelled');
  });

  it('read a document only when its turn has come, and hand on what reading throws', async () => {
    const processes = processesOf('hostile.cjs', 1);
    const gone = new AbortController();
    const first = processes.redact(orderOf('goes on for ever'), { signal: gone.signal });
    let isRead = false;
    const read = async (): Promise<Buffer> => {
      isRead = true;
      throw new Error('the store is down');
    };
    const second = processes.redact({ ...orderOf('txt'), read }, { signal: never });
    await sleep(500);
    expect(isRead).toBe(false);
    gone.abort(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');
    await expect(second).rejects.toThrow('the store is down');
    const leave = processes.redact(orderOf('leaves'), { signal: never });
    await expect(leave).rejects.toMatchObject({ code: 'DOCUMENT_TOO_COMPLEX' });
  });

  it('know none of this process’s settings', async () => {
    process.env.REDOUBT_TEST_SECRET = 'secret';
    const asked = processesOf('hostile.cjs').redact(orderOf('answers when asked for a secret'), {
      signal: never,
    });
    await expect(asked).rejects.not.toThrow('REDOUBT_TEST_SECRET');
    delete process.env.REDOUBT_TEST_SECRET;
  });
});
