import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { AppError } from '../errors/app-error.js';
import { type FormFile, readForm } from './multipart-form.js';

const SHAPE = {
  file: 'file',
  fields: ['project_id', 'note'],
  maxBytes: 1_000_000,
  tooLarge: () => new Error('too large'),
};
const TYPE = 'multipart/form-data; boundary=xYz';

interface Part {
  readonly disposition: string;
  readonly content: string | Buffer;
}

const field = (name: string, content: string): Part => ({
  disposition: `form-data; name="${name}"`,
  content,
});
const file = (name: string, content: string | Buffer): Part => ({
  disposition: `form-data; name="file"; filename="${name}"`,
  content,
});

const bodyOf = (parts: readonly Part[], end = '--xYz--\r\n'): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ disposition, content }) => [
      Buffer.from(`--xYz\r\nContent-Disposition: ${disposition}\r\n\r\n`),
      Buffer.from(content),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(end),
  ]);

/** A request that has these bytes, in pieces of these lengths and then the rest. */
function requestOf(body: Buffer, contentType = TYPE, pieces: readonly number[] = []): IncomingMessage {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const length of pieces) {
    chunks.push(body.subarray(at, at + length));
    at += length;
  }
  const source = Readable.from(
    [...chunks, body.subarray(at)].filter((chunk) => chunk.length > 0),
    {
      objectMode: false,
    },
  );
  return Object.assign(source, { headers: { 'content-type': contentType } }) as unknown as IncomingMessage;
}

const take = async ({ bytes }: FormFile): Promise<Buffer> => buffer(bytes);

const read = (request: IncomingMessage, taking = take, signal = new AbortController().signal) =>
  readForm(request, SHAPE, taking, signal);

const faultOf = async (work: Promise<unknown>): Promise<unknown> => {
  const thrown = await work.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  );
  return thrown instanceof AppError ? { code: thrown.code, ...thrown.details } : thrown;
};

describe('a form', () => {
  it.each([
    ['before', [field('project_id', 'proj_1'), file('a.txt', 'hello')]],
    ['after', [file('a.txt', 'hello'), field('project_id', 'proj_1')]],
  ])('may have its fields %s its file', async (_, parts) => {
    const form = await read(requestOf(bodyOf(parts)));
    expect([form.fields.get('project_id'), form.fileName, form.taken.toString()]).toEqual([
      'proj_1',
      'a.txt',
      'hello',
    ]);
  });

  it('shows whoever takes the file the fields that came before it', async () => {
    const seen: (string | undefined)[] = [];
    const taking = async ({ bytes, fields }: FormFile): Promise<Buffer> => {
      seen.push(fields.get('project_id'), fields.get('note'));
      return buffer(bytes);
    };
    await read(requestOf(bodyOf([field('project_id', 'p'), file('a', ''), field('note', 'n')])), taking);
    expect(seen).toEqual(['p', undefined]);
  });

  it.each([
    ['form-data; name="file"; filename="Bericht für Jürgen.pdf"', 'Bericht für Jürgen.pdf'],
    ['form-data; name="file"; filename*=utf-8\'\'Bericht%20f%C3%BCr.pdf', 'Bericht für.pdf'],
    ['form-data; name="file"; filename="C:\\fakepath\\x.pdf"', 'C:\\fakepath\\x.pdf'],
    ['form-data; name="file"; filename="a \\"b\\".txt"', 'a "b".txt'],
    ['form-data; name=file; filename=plain.txt', 'plain.txt'],
    ['form-data; name="file"; filename="100%25.txt"', '100%25.txt'],
  ])('names its file %s', async (disposition, name) => {
    expect((await read(requestOf(bodyOf([{ disposition, content: 'x' }])))).fileName).toBe(name);
  });

  it('gives the same whatever pieces it comes in', async () => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .array(fc.constantFrom('\r\n', '--', 'xYz', '--xYz', '\r\n--xY', 'a', '\0'))
        .map((words) => Buffer.from(words.join(''))),
    );
    const pieces = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(content, fc.boolean(), pieces, async (bytes, isLast, lengths) => {
        fc.pre(!bytes.includes('\r\n--xYz') && !bytes.subarray(0, 5).equals(Buffer.from('--xYz')));
        const parts = [field('project_id', 'proj_1'), file('a.bin', bytes)];
        const form = await read(requestOf(bodyOf(isLast ? parts : parts.reverse()), TYPE, lengths));
        expect(form.taken.equals(bytes)).toBe(true);
        expect(form.fields.get('project_id')).toBe('proj_1');
      }),
      { numRuns: 300 },
    );
  });

  it('ends in what it holds or in a fault of its client, whatever its bytes are', async () => {
    const good = bodyOf([field('project_id', 'p'), file('a.txt', 'hello'), field('note', 'n')]);
    const spoiled = fc
      .tuple(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length))
      .map(([at, byte, end]) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        return bytes.subarray(0, Math.max(end, 1));
      });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          spoiled,
          fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes)),
        ),
        async (bytes) => {
          const end = await faultOf(read(requestOf(bytes, TYPE, [7, 7, 7])));
          expect([
            'nothing was thrown',
            { code: expect.stringMatching(/^(?:MALFORMED_REQUEST|VALIDATION_ERROR)$/) },
          ]).toContainEqual(typeof end === 'object' ? { code: (end as { code?: string }).code } : end);
        },
      ),
      { numRuns: 500 },
    );
  });

  const whole = [file('a.txt', 'hello')];
  it.each<[string, readonly Part[], object]>([
    [
      'an unknown field',
      [...whole, field('owner', 'me')],
      { field: 'owner', constraint: 'unknown', allowed: ['file', 'project_id', 'note'] },
    ],
    [
      'an unknown file',
      [...whole, { disposition: 'form-data; name="other"; filename="b"', content: '' }],
      { field: 'other', constraint: 'unknown' },
    ],
    [
      'a field of that name in JavaScript',
      [...whole, field('__proto__', 'x')],
      { field: '__proto__', constraint: 'unknown' },
    ],
    [
      'a field twice',
      [field('note', 'a'), ...whole, field('note', 'b')],
      { field: 'note', constraint: 'single' },
    ],
    ['the file twice', [...whole, file('b.txt', 'x')], { field: 'file', constraint: 'single' }],
    ['no file', [field('project_id', 'p')], { field: 'file', constraint: 'required' }],
    ['no part', [], { field: 'file', constraint: 'required' }],
    ['a file without a name', [field('file', 'hello')], { field: 'file', constraint: 'type' }],
    [
      'a field too long',
      [field('note', 'x'.repeat(5_000)), ...whole],
      { field: 'note', constraint: 'maxLength' },
    ],
    ['a field with NUL', [field('note', 'a\0b'), ...whole], { field: 'note', constraint: 'maxLength' }],
    [
      'a part without a name',
      [{ disposition: 'form-data', content: 'x' }, ...whole],
      { code: 'MALFORMED_REQUEST' },
    ],
    ['many fields', Array.from({ length: 30 }, () => field('note', '')), { field: 'note' }],
  ])('is refused with %s, by name', async (_, parts, fault) => {
    expect(await faultOf(read(requestOf(bodyOf(parts))))).toMatchObject(fault);
  });

  it('is refused without a boundary, by advice', async () => {
    const body = bodyOf(whole);
    for (const type of [
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; charset=utf-8',
    ])
      expect(await faultOf(read(requestOf(body, type)))).toMatchObject({ code: 'MALFORMED_REQUEST' });
    expect(await faultOf(read(requestOf(body, 'multipart/form-data')))).toMatchObject({
      field: 'Content-Type',
      constraint: 'boundary',
    });
    expect(await faultOf(read(requestOf(body, 'text/plain')))).toMatchObject({
      field: 'file',
      constraint: 'required',
    });
  });

  it('is refused when it ends early or is larger than allowed', async () => {
    const cut = bodyOf(whole).subarray(0, -12);
    expect(await faultOf(read(requestOf(cut)))).toMatchObject({ code: 'MALFORMED_REQUEST' });
    const large = bodyOf([file('a', Buffer.alloc(1_000_000))]);
    expect(await faultOf(read(requestOf(large)))).toEqual(new Error('too large'));
  });

  it('ends with what was thrown while its file was taken, and waits until that has ended', async () => {
    const end: string[] = [];
    const failing = async ({ bytes }: FormFile): Promise<Buffer> => {
      try {
        for await (const _ of bytes) throw new Error('disk full');
        throw new Error('no bytes came');
      } finally {
        await new Promise((resolve) => setTimeout(resolve, 20));
        end.push('cleaned up');
      }
    };
    expect(await faultOf(read(requestOf(bodyOf(whole)), failing))).toEqual(new Error('disk full'));
    expect(end).toEqual(['cleaned up']);
  });

  it('ends when its time is over, and leaves the request open', async () => {
    const over = new AbortController();
    const source = new Readable({ read() {} });
    const request = Object.assign(source, {
      headers: { 'content-type': TYPE },
    }) as unknown as IncomingMessage;
    source.push(bodyOf(whole).subarray(0, 80));
    const reading = faultOf(read(request, take, over.signal));
    setTimeout(() => over.abort(new Error('late')), 20);
    expect(await reading).toEqual(new Error('late'));
    expect(source.destroyed).toBe(false);
  });

  it('takes no more than its taker does', async () => {
    let pulled = 0;
    const source = new Readable({
      read() {
        pulled += 1;
        if (pulled === 1) this.push(bodyOf([file('a', '')], '').subarray(0, -2));
        else this.push(pulled > 5_000 ? null : Buffer.alloc(65_536));
      },
    });
    const request = Object.assign(source, {
      headers: { 'content-type': TYPE },
    }) as unknown as IncomingMessage;
    const over = new AbortController();
    const sleeping = async ({ bytes }: FormFile): Promise<Buffer> => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      bytes.destroy();
      throw new Error('enough');
    };
    const shape = { ...SHAPE, maxBytes: 1e9 };
    await readForm(request, shape, sleeping, over.signal).catch(() => {});
    expect(pulled).toBeLessThan(20);
  });
});
