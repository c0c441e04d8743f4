import fc from 'fast-check';
import { JsonBody } from './json-body.js';

/** By default in pieces as small as can be, since texts of tests are small. */
const read = (text: string, groupBytes = 0): Promise<unknown> =>
  new JsonBody(Buffer.from(text), groupBytes).read();

const placeOf = (error: unknown): string | undefined =>
  error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;

/** What JSON.parse makes of a text, or where it goes wrong. */
function outcomeOf(work: () => unknown) {
  try {
    return { value: work() };
  } catch (error) {
    return { place: placeOf(error) };
  }
}

const spaced = fc
  .json({ maxDepth: 6 })
  .chain((text) => fc.constantFrom(text, JSON.stringify(JSON.parse(text), null, 2), ` \t\r\n${text}\n`));

describe('a JSON body read in slices', () => {
  it('is what JSON.parse makes of it', async () => {
    await fc.assert(
      fc.asyncProperty(spaced, fc.nat(40), async (text, groupBytes) => {
        expect(await read(text, groupBytes)).toEqual(JSON.parse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused exactly when JSON.parse refuses it', async () => {
    const broken = fc
      .tuple(spaced, fc.nat(), fc.constantFrom('', ...'{}[]",:\\0a-. \u00e9\n'))
      .map(([text, at, stray]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + stray + text.slice(cut + (at % 3));
      });
    await fc.assert(
      fc.asyncProperty(broken, fc.nat(40), async (text, groupBytes) => {
        const expected = outcomeOf(() => JSON.parse(text));
        const found = await read(text, groupBytes).then(
          (value) => ({ value }),
          () => undefined,
        );
        expect(found).toEqual('value' in expected ? expected : undefined);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    '{"é":1,"documents":[{"id":"ü" 1}]}',
    '{"a":[{"b":[["€𝄞" "c"]]}]}',
    '{"a":1,}',
    '[1 2]',
    '{"é" 1}',
    '["é",{"ü":1} 2]',
    '["é" "ü"]',
    '{"a" 1}',
    '{"a":[1]]}',
    '{"a":"b\nc"}',
    '{"é":"€𝄞"} x',
  ])('names the place where %j goes wrong as JSON.parse does, quoting nothing', async (text) => {
    for (const groupBytes of [0, 3, 10, 1_000]) await expectPlace(text, groupBytes);
  });

  async function expectPlace(text: string, groupBytes: number): Promise<void> {
    const expected = outcomeOf(() => JSON.parse(text));
    expect(expected).toEqual({ place: expect.stringMatching(/^\d+$/) });
    const error = await read(text, groupBytes).catch((found: unknown) => found);
    expect({ place: placeOf(error) }).toEqual(expected);
    expect(String(error)).toMatch(/^SyntaxError: Fault in JSON at position \d+$/);
  }

  it('names no place where JSON.parse names none, and quotes nothing', async () => {
    for (const text of ['{"a":{"b":{"c":{"d":secret}}}}', '{"a":{"b":[', '']) {
      const error = await read(text).catch((found: unknown) => found);
      expect(String(error)).toBe('SyntaxError: Fault in JSON');
    }
  });

  it('keeps __proto__ and repeated names as JSON.parse does', async () => {
    const text = '{"__proto__":{"x":1},"a":1,"b":2,"a":3,"1":0}';
    const value = await read(text);
    expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text)));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('gives way while it reads', async () => {
    const text = JSON.stringify({
      documents: Array.from({ length: 100_000 }, (_, n) => ({ id: `${n}`, data: [n, { n }] })),
    });
    let turns = 0;
    let reading = true;
    const other = (): void => {
      turns += 1;
      if (reading) setImmediate(other);
    };
    setImmediate(other);
    expect(await read(text, 64 * 1024)).toEqual(JSON.parse(text));
    reading = false;
    expect(turns).toBeGreaterThan(2);
  });

  it('does not mind depth', async () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(await read(text)).toEqual(expect.any(Array));
    await expect(read('['.repeat(100_000))).rejects.toThrow(SyntaxError);
  });
});
