import { join } from 'node:path';
import fc from 'fast-check';
import { DocumentFailure, type DocumentFailureCode } from '../document-failure.js';
import { DocumentProcess } from '../process/document-process.js';
import { BOMBS, type Bomb } from './testing/bombs.js';
import { CARRIERS } from './testing/carriers.fixtures.js';
import type { PdfFixture } from './testing/fixture.js';
import { documentOf, line } from './testing/page.js';
import { describeWithPdfTools } from './testing/pdf-tools.js';
import { peakOfChildren } from './testing/peak-memory.js';
import { NAME } from './testing/planted.js';
import { type Outcome, policyOf, RedactingProcess } from './testing/redacting-process.js';
import { BAD_FILES } from './testing/structure.fixtures.js';

const PROGRAM = join(__dirname, '../process/testing/child.cjs');
const MOST_SECONDS = 10;
/** A process that is ended when its time is up takes a moment to be gone, on a busy machine a long one. */
const ENDING_MS = 5_000;
const MOST_MEMORY = 700e6;

const OPTIONS = {
  confidence_threshold: 0.5,
  custom_patterns: [],
  entities: ['SSN', 'EMAIL'],
  allow_list: [],
  deny_list: [],
};

/** What may be said about a document that asks for too much. */
const TOO_MUCH: readonly DocumentFailureCode[] = [
  'DOCUMENT_TOO_COMPLEX',
  'DOCUMENT_TOO_LARGE',
  'DOCUMENT_DAMAGED',
  'DOCUMENT_NOT_REDACTABLE',
  'DOCUMENT_WITHOUT_TEXT',
];

/** Redacts in a process of its own, as jobs do; gives the code of a refusal. */
async function redactApart(bytes: Uint8Array, strict = false): Promise<DocumentFailureCode | 'REDACTED'> {
  const child = new DocumentProcess(PROGRAM, 'pdf');
  const job = { format: 'pdf', name: 'bomb.pdf', bytes, options: OPTIONS, policy: policyOf({ strict }) };
  try {
    const { signal } = new AbortController();
    await child.ask({ kind: 'redact', job: { ...job, timeoutSeconds: MOST_SECONDS } }, MOST_SECONDS, {
      signal,
    });
    return 'REDACTED';
  } catch (error) {
    if (error instanceof DocumentFailure) return error.code;
    throw error;
  }
}

describeWithPdfTools('files that cannot be redacted', () => {
  const processes = new RedactingProcess();
  const outcomes = new Map<string, Record<'redact' | 'inspect', Outcome>>();

  beforeAll(async () => {
    for (const { name, make, policy } of BAD_FILES) {
      const bytes = await make();
      const redact = await processes.ask('redact', bytes, policyOf(policy));
      outcomes.set(name, { redact, inspect: await processes.ask('inspect', bytes, policyOf(policy)) });
    }
  });
  afterAll(() => processes.end());

  const refused = BAD_FILES.filter(({ refused: code }) => code !== undefined);

  it.each(refused.map((fixture): [string, PdfFixture] => [fixture.name, fixture]))(
    '%s',
    (name, { refused: code }) => {
      const { redact, inspect } = outcomes.get(name) ?? {};
      expect(redact).toMatchObject({ refused: code });
      expect(inspect).toMatchObject({ refused: code });
    },
  );

  it('but a blank page is redacted, for there is nothing on it', () => {
    expect(outcomes.get('a page without anything')?.redact).toEqual({ redacted: expect.anything() });
  });
});

/** Bytes that are overwritten, by where they are in fractions of the file; and where the file ends. */
const damage = fc.record({
  source: fc.nat({ max: CARRIERS.length - 1 }),
  writes: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 255 })), {
    maxLength: 12,
  }),
  end: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});

describe('damaged files', () => {
  const processes = new RedactingProcess();

  afterAll(() => processes.end());

  it('are redacted or refused, and never end the process', async () => {
    await fc.assert(
      fc.asyncProperty(damage, async ({ source, writes, end }) => {
        const whole = Buffer.from((await CARRIERS[source]?.make()) ?? []);
        for (const [at, byte] of writes) whole[Math.floor(at * (whole.length - 1))] = byte;
        const bytes = whole.subarray(0, Math.ceil(end * whole.length));
        expect(await processes.ask('redact', bytes, policyOf())).not.toHaveProperty('fault');
      }),
      { numRuns: 60 },
    );
  });
});

describe('files that ask for more than one document may have', () => {
  it.each(BOMBS.map((bomb): [string, Bomb] => [bomb.name, bomb]))('%s', async (_, { make, strict }) => {
    const bytes = make();
    const started = performance.now();
    const { result, peak } = await peakOfChildren(() => redactApart(bytes, strict));
    const milliseconds = performance.now() - started;
    expect(['REDACTED', ...TOO_MUCH]).toContain(result);
    expect({ milliseconds, inTime: milliseconds <= MOST_SECONDS * 1000 + ENDING_MS }).toEqual({
      milliseconds,
      inTime: true,
    });
    expect({ peak, isSmall: peak > 0 && peak <= MOST_MEMORY }).toEqual({ peak, isSmall: true });
  });

  it('leave nothing behind that harms the next document', async () => {
    const page = documentOf(line(`Written by ${NAME} today.`, 72, 700));
    expect(await redactApart(page)).toBe('REDACTED');
  });
});
