import { createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { associatedData } from '../associated-data.js';
import { newKey } from '../own-key.js';
import { OpenError } from '../xaes.js';
import { type FilePlace, FRAME_BYTES, HEADER_BYTES, SEALED_FRAME_BYTES, sealedSize } from './frame.js';
import { openStream } from './open-stream.js';
import { sealStream } from './seal-stream.js';

const PLACE: FilePlace = { organizationId: 'org_a', projectId: 'proj_a', fileId: 'file_a', version: 1 };
const KEY = newKey();

/** The bytes in pieces of the sizes given, over and over. */
function pieces(bytes: Buffer, sizes: readonly number[] = [bytes.length || 1]): Readable {
  const list: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    list.push(bytes.subarray(at, at + size));
    at += size;
  }
  return Readable.from(list);
}

/** Through a transform; what it emitted before a fault is kept for the tests to look at. */
async function through(source: Readable, make: () => ReturnType<typeof sealStream>): Promise<Buffer> {
  const transform = make();
  source.on('error', (error) => transform.destroy(error)).pipe(transform);
  return buffer(transform);
}

const seal = (bytes: Buffer, sizes?: readonly number[], key = KEY, place = PLACE): Promise<Buffer> =>
  through(pieces(bytes, sizes), () => sealStream(key, place));
const open = (sealed: Buffer, sizes?: readonly number[], key = KEY, place = PLACE): Promise<Buffer> =>
  through(pieces(sealed, sizes), () => openStream(key, place));

describe('a sealed stream', () => {
  const sizes = [0, 1, 15, 16, 17, FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 2 * FRAME_BYTES, 3_000_000];

  it.each(sizes)('gives %d bytes back as they were, and has the size foretold', async (size) => {
    const bytes = randomBytes(size);
    const sealed = await seal(bytes);
    expect(sealed.length).toBe(sealedSize(size));
    expect((await open(sealed)).equals(bytes)).toBe(true);
  });

  it('does not depend on how its bytes are cut into pieces', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 300_000 }), cuts, cuts, async (size, one, other) => {
        const bytes = randomBytes(size);
        expect((await open(await seal(bytes, one), other)).equals(bytes)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('differs every time, and shows nothing of what is in it', async () => {
    const bytes = Buffer.alloc(200_000, 'Zebulon Quackenbush ');
    const [one, other] = [await seal(bytes), await seal(bytes)];
    expect(one.equals(other)).toBe(false);
    expect(one.includes('Quackenbush')).toBe(false);
    const frames = [0, 1].map((n) => one.subarray(HEADER_BYTES + n * SEALED_FRAME_BYTES).subarray(0, 1000));
    expect(frames[0]?.equals(frames[1] ?? Buffer.alloc(0))).toBe(false);
  });

  it('is the STREAM construction over AES-256-GCM with 16-byte tags, by an independent reader', async () => {
    const bytes = randomBytes(2 * FRAME_BYTES + 100);
    const sealed = await seal(bytes);
    const salt = sealed.subarray(1, 33);
    const { organizationId, projectId, fileId, version } = PLACE;
    const place = associatedData(organizationId, projectId, 'files', fileId, version);
    const info = associatedData('redoubt file stream', 1, FRAME_BYTES, place);
    const key = Buffer.from(hkdfSync('sha256', KEY, salt, info, 32));
    const read = [0, 1, 2].map((frame) => {
      const at = HEADER_BYTES + frame * SEALED_FRAME_BYTES;
      const part = sealed.subarray(at, at + SEALED_FRAME_BYTES);
      const nonce = Buffer.concat([
        sealed.subarray(33, 40),
        Buffer.from([0, 0, 0, frame]),
        Buffer.from([frame === 2 ? 1 : 0]),
      ]);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
      decipher.setAuthTag(part.subarray(part.length - 16));
      return Buffer.concat([decipher.update(part.subarray(0, part.length - 16)), decipher.final()]);
    });
    const digest = (data: Buffer): string => createHash('sha256').update(data).digest('hex');
    expect(digest(Buffer.concat(read))).toBe(digest(bytes));
  });
});

describe('a stream that is not what was sealed', () => {
  const bytes = randomBytes(3 * FRAME_BYTES + 1000);
  const frameAt = (n: number): number => HEADER_BYTES + n * SEALED_FRAME_BYTES;
  const frame = (sealed: Buffer, n: number): Buffer => sealed.subarray(frameAt(n), frameAt(n + 1));
  const header = (sealed: Buffer): Buffer => sealed.subarray(0, HEADER_BYTES);

  const changes: [string, (sealed: Buffer) => Buffer][] = [
    ['without its last frame', (s) => s.subarray(0, frameAt(3))],
    ['cut inside a frame', (s) => s.subarray(0, frameAt(1) + 500)],
    ['cut inside its last tag', (s) => s.subarray(0, s.length - 3)],
    ['cut down to its header', header],
    ['cut inside its header', (s) => s.subarray(0, 20)],
    ['that is empty', () => Buffer.alloc(0)],
    ['with a frame too many', (s) => Buffer.concat([s, frame(s, 3)])],
    ['with a byte too many', (s) => Buffer.concat([s, Buffer.from([0])])],
    ['with an empty frame behind it', (s) => Buffer.concat([s, Buffer.alloc(16)])],
    ['without its first frame', (s) => Buffer.concat([header(s), s.subarray(frameAt(1))])],
    [
      'with two frames swapped',
      (s) => Buffer.concat([header(s), frame(s, 1), frame(s, 0), s.subarray(frameAt(2))]),
    ],
    ['with a frame repeated', (s) => Buffer.concat([header(s), frame(s, 0), s.subarray(frameAt(0))])],
    ['of another format', (s) => Buffer.concat([Buffer.from([2]), s.subarray(1)])],
  ];

  it.each(changes)('%s does not open', async (_, change) => {
    await expect(open(change(await seal(bytes)))).rejects.toThrow(OpenError);
  });

  it('does not open with any bit flipped', async () => {
    const sealed = await seal(bytes);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        await expect(open(changed)).rejects.toThrow(OpenError);
      }),
      { numRuns: 60 },
    );
  });

  it('hands on nothing but frames that were verified', async () => {
    const sealed = await seal(bytes);
    const changed = Buffer.from(sealed);
    const at = frameAt(2) + 10;
    changed[at] = (changed[at] ?? 0) ^ 1;
    const stream = openStream(KEY, PLACE);
    const got: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => got.push(chunk));
    const ended = new Promise((resolve) => stream.once('error', resolve));
    pieces(changed, [10_000]).pipe(stream);
    expect(await ended).toBeInstanceOf(OpenError);
    expect(Buffer.concat(got).equals(bytes.subarray(0, 2 * FRAME_BYTES))).toBe(true);
  });

  it('takes frames of another stream of the same file for foreign', async () => {
    const [one, other] = [await seal(bytes), await seal(bytes)];
    const mixed = Buffer.concat([one.subarray(0, frameAt(1)), other.subarray(frameAt(1))]);
    await expect(open(mixed)).rejects.toThrow(OpenError);
  });

  const places: FilePlace[] = [
    PLACE,
    { ...PLACE, organizationId: 'org_b' },
    { ...PLACE, projectId: 'proj_b' },
    { ...PLACE, fileId: 'file_b' },
    { ...PLACE, version: 2 },
    { ...PLACE, organizationId: 'org_ap', projectId: 'roj_a' },
  ];

  it('opens in its own place alone, of all pairs of tenant, project, row, version and key', async () => {
    const keys = [KEY, newKey()];
    const corners = places.flatMap((place) => keys.map((key) => ({ place, key })));
    for (const from of corners) {
      const sealed = await seal(bytes, undefined, from.key, from.place);
      for (const to of corners) {
        const opening = open(sealed, undefined, to.key, to.place);
        if (from === to) expect((await opening).equals(bytes)).toBe(true);
        else await expect(opening).rejects.toThrow(OpenError);
      }
    }
  });
});
