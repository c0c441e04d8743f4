import { analyze, type FindsIn } from './analysis.js';
import { runToEnd } from './cooperation.js';
import type { Finding, Value } from './finding.js';
import { openDocument } from './structure/open-document.js';

const explanation = { recognizer: 'digits', rule: 'run', baseScore: 0.5 };

/** Finds runs of digits; short ones only where a label speaks of numbers. */
class Digits implements FindsIn {
  readonly seen: Value[] = [];

  *find(value: Value): Generator<void, Finding[]> {
    this.seen.push(value);
    const least = value.votes?.includes('NUMBER') ? 1 : 3;
    const found: Finding[] = [];
    for (const { index, 0: run } of value.text.matchAll(/\d+/g)) {
      if (run.length < least) continue;
      found.push({
        type: 'NUMBER',
        start: index,
        end: index + run.length,
        score: run.length / 10,
        explanation,
      });
    }
    yield;
    return found;
  }
}

const analyzed = (...[data, format]: Parameters<typeof openDocument>) =>
  runToEnd(analyze(openDocument(data, format), new Digits()));

describe('analysis', () => {
  it('gives entities with offsets in code points and spans in UTF-16', () => {
    const { entities, spans } = analyzed('😀 1234 \ud800 5678');
    expect(entities).toEqual([
      { type: 'NUMBER', text: '1234', start: 2, end: 6, score: 0.4, confidence: 0.85, explanation },
      { type: 'NUMBER', text: '5678', start: 9, end: 13, score: 0.4, confidence: 0.85, explanation },
    ]);
    expect(spans).toEqual([
      { field: 0, start: 3, end: 7 },
      { field: 0, start: 10, end: 14 },
    ]);
  });

  it('gives path and part in document order', () => {
    const { entities } = analyzed({ b: ['x', 1234], a777: { c: '555 666' } });
    expect(entities.map(({ path, part, text }) => [path, part, text])).toEqual([
      ['/b/1', undefined, '1234'],
      ['/a777', 'key', '777'],
      ['/a777/c', undefined, '555'],
      ['/a777/c', undefined, '666'],
    ]);
  });

  it('leaves out what is below the threshold', () => {
    const found = (minConfidence: number) =>
      runToEnd(analyze(openDocument('1234 123456 1234567890'), new Digits(), { minConfidence })).entities
        .length;
    expect([0, 0.85, 0.86, 0.99, 1].map(found)).toEqual([3, 3, 2, 1, 0]);
  });

  it('lends the type of most cells to the others of the column', () => {
    const text = 'x,y\n111,a 555 long text\n222,b 555 long text\n333,c 555 long text\n44,55\n,\n';
    expect(analyzed(text, 'csv').entities.map(({ path, text: found }) => `${path} ${found}`)).toEqual(
      ['/0/0 111', '/0/1 555', '/1/0 222', '/1/1 555', '/2/0 333', '/2/1 555', '/3/0 44'].map((entity) =>
        entity.replace('/0 ', '/x ').replace('/1 ', '/y '),
      ),
    );
    expect(analyzed('x,y\n111,a\nb,c\nd,e\n44,f\n', 'csv').entities).toHaveLength(1);
  });

  it('refuses findings that would corrupt the text', () => {
    const finding = { type: 'X', score: 1, explanation };
    for (const spans of [
      [
        [0, 2],
        [1, 3],
      ],
      [[0, 9]],
      [[1, 1]],
      [[-1, 1]],
    ]) {
      const detector: FindsIn = {
        *find() {
          return spans.map(([start = 0, end = 0]) => ({ ...finding, start, end }));
        },
      };
      expect(() => runToEnd(analyze(openDocument('text'), detector))).toThrow(RangeError);
    }
  });

  it('yields at least every thousand fields', () => {
    const silent: FindsIn = {
      // biome-ignore lint/correctness/useYield: the pauses of the analysis alone are counted
      *find() {
        return [];
      },
    };
    let pauses = 0;
    const work = analyze(openDocument(Array.from({ length: 50_000 }, () => 'x')), silent);
    while (work.next().done !== true) pauses++;
    expect(pauses).toBeGreaterThanOrEqual(50);
  });
});
