import fc from 'fast-check';
import { runToEnd } from '../cooperation.js';
import { EngineInputError } from '../engine-error.js';
import type { JsonValue } from './json-event.js';
import { JsonTextDocument } from './json-text-document.js';
import { JsonValueDocument } from './json-value-document.js';

const rewritten = (value: JsonValue, replace: (text: string) => string | undefined) =>
  runToEnd(new JsonValueDocument(value).rewrite((field) => replace(field.value.text)));

const nested = (depth: number): JsonValue => {
  let value: JsonValue = 'x';
  for (let i = 0; i < depth; i++) value = [value];
  return value;
};

describe('a parsed JSON value', () => {
  it('has the fields of its text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const seen = [...new JsonValueDocument(JSON.parse(JSON.stringify(value))).fields()];
        const read = [...new JsonTextDocument(JSON.stringify(value)).fields()];
        const plain = (fields: typeof seen) =>
          fields.map(({ path, part, value: { text, labels } }) => ({ path, part, text, labels }));
        expect(plain(seen)).toEqual(plain(read));
      }),
    );
  });

  it('is rebuilt equal, in order, and never changed itself', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (generated) => {
        const text = JSON.stringify(generated);
        const value = JSON.parse(text);
        expect(JSON.stringify(rewritten(value, () => undefined))).toBe(text);
        rewritten(value, (leaf) => `${leaf}!`);
        expect(JSON.stringify(value)).toBe(text);
      }),
    );
  });

  it('makes a replaced number a string and leaves the others numbers', () => {
    expect(
      rewritten({ a: 5551234, b: 7, c: true }, (text) => (text === '5551234' ? '#' : undefined)),
    ).toEqual({
      a: '#',
      b: 7,
      c: true,
    });
  });

  it('loses no member when keys collide', () => {
    const people = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`p${i}`, i]));
    const redacted = rewritten({ ...people, N: 'kept', N_2: 'kept' }, (text) =>
      text.startsWith('p') ? 'N' : undefined,
    );
    expect(redacted).toMatchObject({ N: 'kept', N_2: 'kept', N_3: 0 });
    expect(Object.keys(redacted ?? {})).toHaveLength(502);
  });

  it('treats __proto__ as data', () => {
    const value = JSON.parse('{"__proto__": {"polluted": "1"}, "b": "2"}');
    const copy = rewritten(value, (text) => (/\d/.test(text) ? '#' : undefined));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"polluted":"#"},"b":"#"}');
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(rewritten({ a: 'x' }, (text) => (text === 'a' ? '__proto__' : undefined)))).toBe(
      '{"__proto__":"x"}',
    );
  });

  it('takes 1,000 levels and refuses more, however deep, without overflow', () => {
    expect(JSON.stringify(rewritten(nested(1_000), () => 'y'))).toBe(
      JSON.stringify(nested(1_000)).replace('x', 'y'),
    );
    for (const depth of [1_001, 100_000]) {
      expect(() => [...new JsonValueDocument(nested(depth)).fields()]).toThrow(EngineInputError);
      expect(() => rewritten(nested(depth), () => undefined)).toThrow(
        expect.objectContaining({ code: 'TOO_DEEP' }),
      );
    }
  });

  it('takes a bare string or number as document', () => {
    expect([...new JsonValueDocument(42).fields()].map(({ path, value }) => [path, value.text])).toEqual([
      ['', '42'],
    ]);
    expect(rewritten('a', () => 'b')).toBe('b');
  });
});
