import fc from 'fast-check';
import type { FindsIn } from './engine/analysis.js';
import { runToEnd } from './engine/cooperation.js';
import type { Finding } from './engine/finding.js';
import type { JsonValue } from './engine/structure/json-event.js';
import { type DataFormat, openDocument } from './engine/structure/open-document.js';
import { operatorOf } from './protection-options.js';
import { Protector } from './protector.service.js';
import { TokenFixture, type TokenProcess } from './testing/token-fixture.js';
import { codesIn, restoredFields } from './tokens/document-tokens.js';
import type { ProjectTokens } from './tokens/project-tokens.js';
import { JOINER } from './tokens/token-form.js';

const explanation = { recognizer: 'test', rule: 'run', baseScore: 1 };

/** Finds runs of `J` and the like, wherever they stand, and digits: so that tokens touch whatever comes next. */
const detector: FindsIn = {
  // biome-ignore lint/correctness/useYield: nothing to wait for
  *find({ text }) {
    const found: Finding[] = [];
    for (const { index, 0: run } of text.matchAll(/[0-9]+|J+|[😀\0"\n,]+/gu)) {
      const type = /\d/.test(run) ? 'US_SSN' : run.startsWith('J') ? 'PERSON' : 'Odd_type';
      found.push({ type, start: index, end: index + run.length, score: 1, explanation });
    }
    return found;
  },
};

const running = { signal: () => new AbortController().signal };

describe('data whose values became tokens', () => {
  let fixture: TokenFixture;
  let home: TokenProcess;
  let protector: Protector;
  let tokens: Required<ProjectTokens>;

  beforeAll(async () => {
    fixture = await TokenFixture.start();
    home = await fixture.process();
    protector = new Protector(home.tokens, home.projects, home.work);
    const organizationId = await fixture.organization();
    const projectId = await fixture.project(organizationId);
    tokens = { organizationId, projectId, scope: await home.scopes.open(organizationId, projectId) };
  });
  afterAll(() => fixture.stop());

  const protect = async (data: JsonValue, format?: DataFormat, method = 'tokenization') => {
    const options = { method, preserve_context: false, confidence_threshold: 0, tokens };
    return (await protector.protect(running, openDocument(data, format), detector, operatorOf(options)))
      .processed;
  };
  const restore = async (data: JsonValue, format?: DataFormat) => {
    const document = openDocument(data, format);
    const restorer = await home.tokens.restorer(tokens.scope, runToEnd(codesIn(document)));
    const texts = runToEnd(restoredFields(document, restorer));
    return { data: runToEnd(document.rewrite((_, index) => texts.get(index))), left: restorer.left };
  };

  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'J',
          'JJ',
          '😀',
          '\0',
          '123',
          '9',
          ' ',
          'abc',
          '_',
          '-',
          '\ud800',
          'é',
          JOINER,
          '"',
          '\n',
          ',',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(''));
  const json = fc.letrec<{ node: JsonValue }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.constantFrom(null, true, 1.5),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(text, tie('node'), { maxKeys: 3 }),
    ),
  })).node;
  const container = json.filter((value) => typeof value === 'object' && value !== null);
  const runs = { numRuns: 120 };

  it('comes back as it was: texts', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (data) => {
        expect(await restore(await protect(data))).toEqual({ data, left: 0 });
      }),
      runs,
    );
  });

  it('comes back as it was: JSON values, keys included; numbers that were found come back as strings', async () => {
    await fc.assert(
      fc.asyncProperty(container, async (data) => {
        const strings = JSON.parse(JSON.stringify(data, (_, leaf) => (leaf === 1.5 ? '1.5' : leaf)));
        expect(await restore(await protect(data))).toEqual({ data: strings, left: 0 });
      }),
      runs,
    );
  });

  it('comes back as it was: JSON text, whatever a value needs escaped', async () => {
    await fc.assert(
      fc.asyncProperty(container, async (value) => {
        const strings = JSON.stringify(value, (_, leaf) => (leaf === 1.5 ? 'one' : leaf));
        const { data, left } = await restore(await protect(strings, 'json'), 'json');
        expect([JSON.parse(String(data)), left]).toEqual([JSON.parse(strings), 0]);
      }),
      runs,
    );
  });

  it('comes back as it was: CSV, quotes and line ends included', async () => {
    const cell = text.map((value) => `"${value.replaceAll('"', '""')}"`);
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const csv = `${rows.map((row) => row.join(',')).join('\n')}\n`;
        expect(await restore(await protect(csv, 'csv'), 'csv')).toEqual({ data: csv, left: 0 });
      }),
      runs,
    );
  });

  it('stays as it is when it is processed again, whatever the method', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom('tokenization', 'redaction', 'masking'),
        async (data, method) => {
          const once = await protect(data);
          expect(await protect(once, undefined, method)).toBe(once);
        },
      ),
      runs,
    );
  });

  it('can be added to, and all of it comes back', async () => {
    const once = await protect('JJJ met 123');
    const twice = await protect(`${String(once)}; JJ met 123`);
    expect(String(twice).startsWith(String(once))).toBe(true);
    expect(await restore(twice)).toEqual({ data: 'JJJ met 123; JJ met 123', left: 0 });
  });

  it('has its tokens and its audit row in one transaction, or neither', async () => {
    const options = { method: 'tokenization', preserve_context: false, confidence_threshold: 0, tokens };
    const count = async (): Promise<number> =>
      (await fixture.database.dataSource.query('SELECT count(*)::int AS count FROM token_entries'))[0].count;
    const before = await count();
    const failing = protector.protect(
      running,
      openDocument('777000777'),
      detector,
      operatorOf(options),
      async (_, tx) => {
        expect(tx).toBeDefined();
        throw new Error('no audit row');
      },
    );
    await expect(failing).rejects.toThrow('no audit row');
    expect(await count()).toBe(before);
  });
});
