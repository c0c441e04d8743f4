import fc from 'fast-check';
import type { FindsIn } from './analysis.js';
import { runToEnd } from './cooperation.js';
import type { Finding } from './finding.js';
import { type ProtectionOptions, protect } from './protection.js';
import type { JsonValue } from './structure/json-event.js';
import { type DataFormat, openDocument } from './structure/open-document.js';

const explanation = { recognizer: 'test', rule: 'run', baseScore: 1 };

/** Finds runs of digits and, as names, runs of `J` and the like. */
const detector: FindsIn = {
  // biome-ignore lint/correctness/useYield: nothing to wait for
  *find({ text }) {
    const found: Finding[] = [];
    for (const { index, 0: run } of text.matchAll(/\d+|[J😀\0]+/gu)) {
      const type = /\d/.test(run) ? 'US_SSN' : 'PERSON';
      found.push({ type, start: index, end: index + run.length, score: 1, explanation });
    }
    return found;
  },
};

const protectedData = (data: JsonValue, options: ProtectionOptions, format?: DataFormat) =>
  runToEnd(protect(openDocument(data, format), detector, options));

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('J', 'JJ', '😀', '\0', '123', '9', ' ', 'abc', '\ud800', '\udc00', 'é'),
      fc.string(),
    ),
  )
  .map((parts) => parts.join(''));
const method = fc.constantFrom('auto' as const, 'redaction' as const, 'masking' as const);

describe('protection', () => {
  it('puts replacements at the places of the entities and touches nothing else', () => {
    fc.assert(
      fc.property(text, method, fc.boolean(), (data, chosen, preserveContext) => {
        const { processed, entities } = protectedData(data, { method: chosen, preserveContext });
        const characters = splitPoints(data);
        let expected = '';
        let copied = 0;
        for (const { start, end, text: found, replacement } of entities) {
          expect(characters.slice(start, end).join('')).toBe(found);
          expect(replacement).not.toBe(found);
          expected += characters.slice(copied, start).join('') + replacement;
          copied = end;
        }
        expect(processed).toBe(expected + characters.slice(copied).join(''));
      }),
      { numRuns: 500 },
    );
  });

  it('gives back data without personal data as it was', () => {
    const clean = fc.string().map((value) => value.replaceAll(/[J😀\0\d]/gu, ''));
    fc.assert(
      fc.property(clean, method, (data, chosen) => {
        expect(protectedData(data, { method: chosen })).toEqual({
          processed: data,
          entities: [],
          methodUsed: chosen === 'auto' ? 'redaction' : chosen,
        });
      }),
    );
  });

  it('leaves nothing to find in any leaf or key of JSON, in a value and in its text alike', () => {
    const json = fc.jsonValue({
      maxDepth: 4,
      stringUnit: fc.constantFrom('J', 'a', '1', '😀', '"', '\ud800'),
    });
    const options = { method: 'redaction', placeholder: '#' } as const;
    fc.assert(
      fc.property(json, (generated) => {
        const data = [JSON.parse(JSON.stringify(generated))];
        const { processed, entities } = protectedData(data, options);
        const inText = protectedData(JSON.stringify(data), options, 'json');
        expect(inText.entities).toEqual(entities);
        expect(JSON.stringify(processed).replaceAll(/_\d+"/g, '"')).toEqual(
          JSON.stringify(JSON.parse(String(inText.processed))).replaceAll(/_\d+"/g, '"'),
        );
        expect(JSON.stringify(processed)).not.toMatch(/J|😀/u);
        expect(leaves(processed)).toBe(leaves(data));
      }),
    );
  });

  it('numbers distinct values over the whole document in reading order', () => {
    const data = { a: 'J 12 JJ', b: ['12', { c: 'J and 77' }] };
    const { processed } = protectedData(data, { method: 'auto', preserveContext: true });
    expect(processed).toEqual({
      a: '[PERSON_NAME_1] [SSN_1] [PERSON_NAME_2]',
      b: ['[SSN_1]', { c: '[PERSON_NAME_1] and [SSN_2]' }],
    });
  });

  it('redacts cells of CSV in place', () => {
    const { processed, entities } = protectedData(
      'name,ssn\r\n"J ""x""",12\r\n',
      { method: 'redaction' },
      'csv',
    );
    expect(processed).toBe('name,ssn\r\n"[PERSON_NAME] ""x""",[SSN_REDACTED]\r\n');
    expect(entities.map(({ path, replacement }) => [path, replacement])).toEqual([
      ['/0/name', '[PERSON_NAME]'],
      ['/0/ssn', '[SSN_REDACTED]'],
    ]);
  });

  it('says what auto did', () => {
    const { methodUsed, entities } = protectedData('J 12', { method: 'auto' });
    expect(methodUsed).toBe('redaction');
    expect(entities.map((entity) => entity.method)).toEqual(['redaction', 'redaction']);
  });

  it('never writes a value in its own place, whatever the template', () => {
    const { processed } = protectedData('J 12', { method: 'redaction', placeholder: 'J' });
    expect(processed).toBe('[REDACTED] J');
  });
});

/** Code points, lone surrogates on their own. */
function splitPoints(value: string): string[] {
  return Array.from(value);
}

function leaves(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, member) => sum + leaves(member), 0);
}
