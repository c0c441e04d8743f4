import fc from 'fast-check';
import { AppError } from '../../platform/errors/app-error.js';
import { FileItems } from './file-items.js';

async function read(bytes: Buffer | string): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const { index, value } of new FileItems(Buffer.from(bytes), 'file').read()) {
    expect(index).toBe(values.length);
    values.push(value);
  }
  return values;
}

/** The code it is refused with, or the number of its items. */
const outcomeOf = (bytes: Buffer | string): Promise<string | number> =>
  read(bytes).then(
    ({ length }) => length,
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );

const values = fc.array(fc.jsonValue());
const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 });

describe('a file of conversations', () => {
  it('has the items of a list, however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(undefined, 1, '\t'), async (list, indent) => {
        const text = JSON.stringify(list, undefined, indent);
        expect(await read(`\ufeff ${text}\n`)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('has the objects of its lines, or the chats of a list of ours', async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (list) => {
        const lines = list.map((item) => JSON.stringify(item));
        const items = lines.map((line) => JSON.parse(line));
        expect(await read(lines.join('\r\n'))).toEqual(items);
        const whole = `{"format":"redoubt.chats","version":1,"chats":[\n${lines.join(',\n')}\n]}\n`;
        expect(await read(whole)).toEqual(items);
      }),
    );
  });

  it('that is large is read as well', async () => {
    const large = { text: 'x'.repeat(70_000), list: [1, { a: 'ü'.repeat(40_000) }] };
    expect(await read(JSON.stringify([large, large]))).toEqual([large, large]);
  });

  it('that breaks off anywhere is refused', async () => {
    const whole = '{"format":"redoubt.chats","version":1,"chats":[{"a":"ü{"},{"b":[1,2]}]}';
    for (const text of [whole, '[{"a":"]"}, {"b":null}]'])
      for (let end = 1; end < Buffer.from(text).length; end++)
        expect(await outcomeOf(Buffer.from(text).subarray(0, end))).toBe('INVALID_JSON');
  });

  it.each(['', ' \n', '7', '[1] 2', '[1,]', '{"a":1} nonsense', '{"a":1,}', 'PK\x03\x04...', '[{"a":tru}]'])(
    'that is none is refused: %j',
    async (text) => {
      expect(await outcomeOf(text)).toBe('INVALID_JSON');
    },
  );

  it('is refused without a word of what is in it', async () => {
    const refusal = read('[{"secret": Zoë}]').catch((error: Error) => error.message);
    expect(await refusal).toBe(
      'The file is not JSON, or breaks off, at its conversation 0, counted from 0. Nothing was imported.',
    );
    expect(await outcomeOf(Buffer.from([0x5b, 0xff, 0x5d]))).toBe('INVALID_JSON');
  });
});
