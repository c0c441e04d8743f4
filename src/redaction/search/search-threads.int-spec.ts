import { join } from 'node:path';
import { analyze } from '../engine/analysis.js';
import { scoreOf } from '../engine/confidence.js';
import { runToEnd } from '../engine/cooperation.js';
import { Detector } from '../engine/detector.js';
import { openDocument } from '../engine/structure/open-document.js';
import type { SearchJob } from './search-job.js';
import { SearchThreads } from './search-threads.service.js';

const never = { signal: () => new AbortController().signal };
const ROW = 'John Smith,john@example.com,555-123-4567,"Nothing to see, 👍 here"\n';
const TABLE = `name,email,phone,note\n${ROW.repeat(3_000)}`;

const jobOf = (change: Partial<SearchJob> = {}): SearchJob => ({
  data: TABLE,
  format: 'csv',
  options: { confidence_threshold: 0.85, custom_patterns: [], allow_list: [], deny_list: [] },
  analysis: { minConfidence: 0.85 },
  secrets: undefined,
  issued: new Map(),
  ...change,
});

describe('searching threads', () => {
  const made: SearchThreads[] = [];
  const threadsOf = (program = 'worker.cjs'): SearchThreads => {
    const threads = new SearchThreads(join(__dirname, 'testing', program));
    made.push(threads);
    return threads;
  };

  afterEach(async () => {
    for (const threads of made.splice(0)) await threads.onApplicationShutdown();
  });

  it('find what a search here finds, several texts at a time', async () => {
    const threads = threadsOf();
    const here = runToEnd(
      analyze(openDocument(TABLE, 'csv'), new Detector({ minScore: scoreOf(0.85) }), { minConfidence: 0.85 }),
    );
    const found = await Promise.all(
      Array.from({ length: 4 }, () => threads.analyze(jobOf(), undefined, never)),
    );
    for (const analysis of found) expect(analysis).toEqual(here);
  });

  it('refuse as a search here refuses', async () => {
    const threads = threadsOf();
    const broken = threads.analyze(jobOf({ data: 'a,b\n"open', format: 'csv' }), undefined, never);
    await expect(broken).rejects.toMatchObject({ name: 'EngineInputError', code: 'INVALID_CSV' });
    expect((await threads.analyze(jobOf(), undefined, never)).entities.length).toBeGreaterThan(8_000);
  });

  it('stop when nobody wants the result, also those that do not listen', async () => {
    for (const program of ['worker.cjs', 'deaf.cjs']) {
      const threads = threadsOf(program);
      const job = jobOf({ data: `${'John Smith, '.repeat(2_000_000)}`, format: 'text' });
      const started = performance.now();
      const signal = AbortSignal.timeout(300);
      await expect(threads.analyze(job, undefined, { signal: () => signal })).rejects.toMatchObject({
        name: 'TimeoutError',
      });
      expect(performance.now() - started).toBeLessThan(10_000);
    }
  });

  it('that die fail their text alone, and others take their place', async () => {
    const threads = threadsOf('dying.cjs');
    for (let time = 0; time < 3; time++) {
      await expect(threads.analyze(jobOf(), undefined, never)).rejects.toMatchObject({
        code: 'SEARCH_FAILED',
      });
    }
  });
});
