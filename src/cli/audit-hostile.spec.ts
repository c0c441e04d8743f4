import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseCheckpoint } from '../audit/log/checkpoint.js';
import { ExportFault, UnusableInput } from '../audit/log/export-fault.js';
import { verifyExport } from '../audit/log/export-verifier.js';
import {
  parseNote,
  parseVerifierKey,
  type Verifier,
  verifierKey,
  verifyNote,
} from '../audit/log/signed-note.js';
import { verifyStream } from '../audit/log/stream-verifier.js';
import { SampleLog, sampleEntries } from '../audit/log/testing/sample-log.js';
import { SampleStream } from '../audit/log/testing/sample-stream.js';
import { verifyLogFile } from './audit.js';

/** Another each time; to see one again, put the number of the title here. */
const SEED = randomInt(2 ** 31 - 1);
const runs = (numRuns: number) => ({ seed: SEED, numRuns });
const MIB = 2 ** 20;

/** Bytes of a file, changed at a few places: cut, repeated, exchanged, put in. */
const mutated = (bytes: Buffer): fc.Arbitrary<Buffer> =>
  fc
    .array(
      fc.record({
        at: fc.nat(bytes.length),
        length: fc.nat(40),
        put: fc.oneof(
          fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array)),
          fc
            .constantFrom(
              '\n',
              '"',
              '{}',
              '[[',
              '\\u0000',
              '\\ud800',
              '9007199254740991',
              '-1',
              '1e999',
              'null',
              '"__proto__":',
            )
            .map((text) => Buffer.from(text)),
        ),
        isCopy: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((changes) =>
      changes.reduce((found, { at, length, put, isCopy }) => {
        const end = Math.min(at + length, found.length);
        const middle = isCopy ? Buffer.concat([found.subarray(at, end), found.subarray(at, end)]) : put;
        return Buffer.concat([found.subarray(0, at), middle, found.subarray(end)]);
      }, bytes),
    );

const random = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array));
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => Buffer.from(`${JSON.stringify(value)}\n`));

describe(`hostile input of redoubt audit verify (seed ${SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-hostile-'));
  const [path, other] = [join(folder, 'file'), join(folder, 'other')];
  const log = new SampleLog(sampleEntries(9));
  const stream = new SampleStream(log.signer);
  let [exported, copy, note] = [] as unknown as [Buffer, Buffer, Buffer];

  beforeAll(async () => {
    stream.add('org_a', 3);
    stream.add('org_b', 2, { taken: 1 });
    await stream.sign();
    [exported, copy] = [Buffer.from(await log.export()), Buffer.from(stream.text)];
    note = Buffer.from(await log.checkpoint(4));
    writeFileSync(other, exported);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const fileOf = () => fc.oneof(mutated(exported), mutated(copy), mutated(note), random, json);

  it('is verified, or refused by 1 or 2 and a sentence, whatever is in the files', async () => {
    await fc.assert(
      fc.asyncProperty(fileOf(), fc.nat(4), async (bytes, role) => {
        writeFileSync(path, bytes);
        const args = [
          ['verify', path],
          ['verify', '--stream', path],
          ['verify', other, '--checkpoint', path],
          ['verify', '--stream', path, '--instance-checkpoint', path],
          ['verify', other, '--instance', path],
        ][role] as string[];
        const { code, text } = await verifyLogFile(args);
        expect([0, 1, 2]).toContain(code);
        expect(text).toMatch(code === 0 ? /^Verified\. / : /\.\s/);
        expect(text).not.toContain('    at ');
      }),
      runs(250),
    );
  });

  it('never makes the parsers of notes and keys throw, nor lets a changed note pass for signed', () => {
    const verifier = log.signer.verifier;
    const key = Buffer.from(verifierKey(verifier));
    fc.assert(
      fc.property(fc.oneof(mutated(note), random), fc.oneof(mutated(key), random), (bytes, keyBytes) => {
        const text = bytes.toString();
        const [parsed, checkpoint] = [parseNote(text), parseCheckpoint(text)];
        const known = parseVerifierKey(keyBytes.toString());
        if (parsed) verifyNote(parsed, known ?? verifier);
        // What is signed is the text alone; lines of other signers may follow.
        if (parsed && verifyNote(parsed, verifier) === 'signed')
          expect(note.toString().startsWith(parsed.text)).toBe(true);
        if (checkpoint) expect(Number.isSafeInteger(checkpoint.size)).toBe(true);
      }),
      runs(1_000),
    );
    // No point of the curve, or one of small order: a key all the same, which signed nothing.
    for (const fill of [0, 1, 0xff]) {
      const weak: Verifier = { name: verifier.name, publicKey: Buffer.alloc(32, fill) };
      const parsed = parseNote(note.toString());
      expect(parsed && verifyNote(parsed, weak)).not.toBe('signed');
    }
  });

  /** A line that never ends, in pieces of 64 KiB; how many of them were asked for. */
  function endless(piece: Buffer) {
    const asked = { pieces: 0 };
    async function* pieces(): AsyncGenerator<Buffer> {
      for (; asked.pieces < 1_000; asked.pieces += 1) yield piece;
    }
    return { asked, pieces: pieces() };
  }

  it.each([
    ['an export', verifyExport],
    ['a copy', verifyStream],
  ])('%s ends at 4 MiB of a line, however much is to come, and at once or in pieces', async (_, verify) => {
    for (const text of ['[', ' ', '{"a":']) {
      const { asked, pieces } = endless(Buffer.alloc(MIB / 16, text));
      await expect(verify(pieces)).rejects.toThrow('longer than 4 MiB');
      expect(asked.pieces).toBeLessThan(70);
    }
    const whole = endless(Buffer.concat([Buffer.alloc(5 * MIB, ' '), Buffer.from('\n')]));
    await expect(verify(whole.pieces)).rejects.toThrow('longer than 4 MiB');
  });

  it.each([
    ['an export', verifyExport, () => exported],
    ['a copy', verifyStream, () => copy],
  ])('%s with lines as deep as they are long is refused', async (_, verify, good) => {
    const [first = ''] = good()
      .toString()
      .split(/(?<=\n)/);
    const deep = `{"leaf":0,"leaf_hash":"${'0'.repeat(64)}","entry":{"organization_id":"org_a","a":${'['.repeat(MIB)}${']'.repeat(MIB)}}}\n`;
    async function* pieces() {
      yield Buffer.from(first + deep);
    }
    const refusal = await verify(pieces()).catch((error: unknown) => error);
    expect(refusal instanceof ExportFault || refusal instanceof UnusableInput).toBe(true);
  });

  it('with numbers beyond what there is takes no memory for what is between', async () => {
    const far = stream.lines.map((line) => line.replace('"leaf":2', '"leaf":9007199254740990'));
    const before = process.memoryUsage().rss;
    writeFileSync(path, far.join(''));
    expect((await verifyLogFile(['verify', '--stream', path])).code).toBe(1);
    writeFileSync(path, exported.toString().replace('"size":9', '"size":9007199254740991'));
    expect((await verifyLogFile(['verify', path])).code).toBe(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * MIB);
  });
});
