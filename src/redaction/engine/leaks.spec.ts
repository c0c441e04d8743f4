import fc from 'fast-check';
import { growthOf } from '../../platform/testing/processor-time.js';
import { ordinary, type Planted, planted } from '../testing/personal-documents.js';
import { analyze, type Entity } from './analysis.js';
import { runToEnd } from './cooperation.js';
import { Detector } from './detector.js';
import { createOperator } from './operators/create-operator.js';
import { Tokenization } from './operators/tokenization.js';
import { replaceFindings } from './protection.js';
import type { JsonValue } from './structure/json-event.js';
import { type DataFormat, openDocument } from './structure/open-document.js';

const METHODS = ['redaction', 'masking', 'tokenization'] as const;
const WEAK = new Set('DATE_TIME URL AGE NRP TITLE LOCATION ORGANIZATION'.split(' '));
/** A postcode may be any other number, and words that are a part of an address are words. */
const isPartOfAddress = (text: string): boolean =>
  !/\p{L}/u.test(text) || !/\d/.test(text) || text.trim().split(/[\s,]+/).length < 3;
const isWeak = ({ type, text }: Entity): boolean =>
  WEAK.has(type) || text.length < 4 || (type === 'ADDRESS' && isPartOfAddress(text));
const BETWEEN = '[ \u00a0.()/+_-]{0,3}';

function operatorOf(method: (typeof METHODS)[number]) {
  if (method !== 'tokenization') return createOperator(method, { preserveContext: true });
  const tokens = new Map<string, string>();
  const of = ({ text }: { text: string }) => {
    if (!tokens.has(text)) tokens.set(text, `TOKEN_${String.fromCharCode(65 + (tokens.size % 26))}x`);
    return tokens.get(text) ?? '';
  };
  return new Tokenization({ of }, '\u2060');
}

function protectedBy(method: (typeof METHODS)[number], data: JsonValue, format?: DataFormat) {
  const detector = new Detector({ minScore: 0.4 });
  const document = openDocument(data, format);
  const analysis = runToEnd(analyze(document, detector, { minConfidence: 0.85 }));
  return runToEnd(replaceFindings(document, analysis, operatorOf(method), method));
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Whether a text still shows a value: as whole words in any case, or its digits whatever stands between them. */
function shows(output: string, value: string): boolean {
  const words = escaped(value).replaceAll(/\s+/g, '\\s+');
  if (new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'iu').test(output)) return true;
  const digits = value.replaceAll(/\D/g, '');
  if (digits.length < 7 || digits.length * 2 <= value.replaceAll(/[^\p{L}\p{N}]/gu, '').length) return false;
  return new RegExp(`(?<!\\d)${[...digits].join(BETWEEN)}(?!\\d)`).test(output);
}

function leaksOf(processed: JsonValue, entities: readonly Entity[]): string[] {
  const output = typeof processed === 'string' ? processed : textOf(processed);
  return entities.filter((entity) => !isWeak(entity) && shows(output, entity.text)).map(({ text }) => text);
}

/** Keys and values, as people read them. */
function textOf(value: JsonValue): string {
  if (value === null || typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${Array.isArray(value) ? '' : key}\n${textOf(inner)}`)
    .join('\n');
}

const place = fc.tuple(planted, fc.nat({ max: 3 }), ordinary);
const spelled = ([{ spellings }, which]: readonly [Planted, number, string]): string =>
  spellings[which % spellings.length] ?? '';

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The values introduced in one place, and spelled otherwise in others, in random order. */
function documentsOf(places: readonly (readonly [Planted, number, string])[], isFirst: boolean) {
  const introduced = places.map(([{ introduced: text }, , filler]) => `${filler}; ${text}. ${filler}`);
  const repeated = places.map((one) => `${one[2]}; ${spelled(one)}. ${one[2]}`);
  const parts = isFirst ? [...introduced, ...repeated] : [...repeated, ...introduced];
  const json = {
    notes: parts,
    nested: { deep: [{ ref: repeated.join(' ') }] },
    ...Object.fromEntries(places.map((one, at) => [`${spelled(one)}`, at])),
  };
  return {
    text: [parts.join('\n'), 'text'],
    value: [json, undefined],
    json: [JSON.stringify(json), 'json'],
    csv: [
      `id,note,other\n${parts.map((part, at) => `${at},${cell(part)},${cell(repeated.join(' '))}`).join('\n')}\n`,
      'csv',
    ],
  } as const;
}

describe('whatever the method', () => {
  it.each(METHODS)('%s leaves no value that was found anywhere in the document', (method) => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), fc.boolean(), (places, isFirst) => {
        for (const [kind, [data, format]] of Object.entries(documentsOf(places, isFirst))) {
          const { processed, entities } = protectedBy(method, data, format);
          expect([
            kind,
            leaksOf(kind === 'json' ? JSON.parse(String(processed)) : processed, entities),
          ]).toEqual([kind, []]);
          // Of a name in random surroundings a tagger promises nothing but what it does with what it finds.
          for (const [{ spellings, introduced }] of places) {
            if (introduced.startsWith('Dr. ')) continue;
            const found = entities.some(({ text }) => spellings.includes(text));
            expect([kind, spellings, found]).toEqual([kind, spellings, true]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each(METHODS)('%s changes nothing but what was found, to the code unit', (method) => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 3 }), fc.string({ unit: 'binary' }), (places, noise) => {
        const text = `${noise} ${places.map((one) => `${one[2]} ${one[0].introduced}${one[2]}`).join('|')}${noise}`;
        const { processed, entities } = protectedBy(method, text);
        expect(processed).toBe(rebuilt(text, entities, method === 'tokenization' ? '\u2060' : ''));
        const { processed: inList } = protectedBy(method, { a: [text] });
        expect(inList).toEqual({ a: [processed] });
        const json = `{ "a" : [\t${JSON.stringify(text)} , 1.50e1 ] }`;
        expect(protectedBy(method, json, 'json').processed).toBe(
          entities.length === 0 ? json : `{ "a" : [\t${JSON.stringify(processed)} , 1.50e1 ] }`,
        );
        if (text.isWellFormed()) expect(String(processed).isWellFormed()).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});

/** The text put together from what clients are told: offsets in code points, and replacements. */
function rebuilt(
  text: string,
  entities: readonly { start: number; end: number; text: string; replacement: string }[],
  joiner: string,
): string {
  const points = [...text];
  let result = '';
  let copied = 0;
  for (const { start, end, text: found, replacement } of entities) {
    expect(points.slice(start, end).join('')).toBe(found);
    const between = points.slice(copied, start).join('');
    result += withJoiners(between, joiner, copied > 0, true) + replacement;
    copied = end;
  }
  return result + withJoiners(points.slice(copied).join(''), joiner, copied > 0, false);
}

function withJoiners(between: string, joiner: string, after: boolean, before: boolean): string {
  if (joiner === '') return between;
  if (between === '') return after && before ? joiner : '';
  const touches = new RegExp(`^[A-Za-z0-9${joiner}]$`);
  const head = after && touches.test(between.charAt(0)) ? joiner : '';
  const tail = before && touches.test(between.at(-1) ?? '') ? joiner : '';
  return head + between + tail;
}

describe('the time it takes', () => {
  it.each([
    [
      'distinct values, each twice',
      (at: number) => `u${at}x@example.com and 415-${555 + (at % 400)}-${1000 + (at % 9000)}, `,
    ],
    ['one value again and again', () => 'call 415-555-0132 or 4155550132, '],
    ['digits that begin like a value', (at: number) => `4155550${at % 10} 415 555 0${at % 10}${at % 10} `],
    ['a long number that begins like a value at every digit', () => '4111111111111111'],
  ])('grows as the text does: %s', (_, unit) => {
    const of = (count: number) => () => {
      const text = `card 4111111111111111 phone 415-555-0132 ${Array.from({ length: count }, (_unused, at) => unit(at)).join('')}`;
      protectedBy('redaction', text);
    };
    expect(growthOf(of(300), of(3_000))).toBeLessThan(40);
  });
});
