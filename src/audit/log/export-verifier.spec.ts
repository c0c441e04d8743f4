import fc from 'fast-check';
import { canonicalJson, type JsonValue } from './canonical-json.js';
import { ExportFault, UnusableInput } from './export-fault.js';
import { type Evidence, verifyExport } from './export-verifier.js';
import { leafHash } from './merkle-hash.js';
import { verifierKey } from './signed-note.js';
import { SampleLog, SampleSigner, sampleEntries } from './testing/sample-log.js';

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

/** What is said of an export: `fine`, or what is wrong with it. */
async function verdict(text: string | Buffer, evidence: Evidence = {}, length = 1000): Promise<string> {
  try {
    await verifyExport(inPieces(Buffer.from(text as string), length), evidence);
    return 'fine';
  } catch (error) {
    if (error instanceof ExportFault) return error.kind;
    if (error instanceof UnusableInput) return 'unusable';
    throw error;
  }
}

const linesIn = (text: string): string[] => text.split(/(?<=\n)/);

describe('an export', () => {
  const log = new SampleLog(sampleEntries(23));
  const key = verifierKey(log.signer.verifier);
  let [text, old] = ['', ''];

  beforeAll(async () => {
    [text, old] = [await log.export(), await log.checkpoint(9)];
  });

  it('that is as it was made is verified, however its bytes come', async () => {
    for (const length of [1, 7, 1000, 1e6])
      expect(await verdict(text, { checkpoint: old, key }, length)).toBe('fine');
    for (const size of [0, 1, 8, 22, 23])
      expect(await verdict(text, { checkpoint: await log.checkpoint(size) })).toBe('fine');
    expect(await verdict(await new SampleLog([]).export())).toBe('fine');
  });

  it('of a part of the log is verified, wherever it begins and ends', async () => {
    for (let begin = 0; begin <= 23; begin += 3)
      for (let end = begin; end <= 23; end += 4) {
        const part = await log.export(begin, end);
        expect([begin, end, await verdict(part)]).toEqual([begin, end, 'fine']);
        const isReached = 9 >= begin && 9 <= end;
        expect(await verdict(part, { checkpoint: old })).toBe(isReached ? 'fine' : 'unusable');
        expect(await verdict(part, { checkpoint: await log.checkpoint() })).toBe('fine');
      }
  });

  it('with any byte changed, left out or put in is found out', async () => {
    const bytes = Buffer.from(text);
    const change = fc.record({
      at: fc.nat(bytes.length - 1),
      byte: fc.integer({ min: 0, max: 255 }),
      how: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ at, byte, how }) => {
        const [before, after] = [bytes.subarray(0, at), bytes.subarray(how === 2 ? at : at + 1)];
        const changed = Buffer.concat([before, how === 1 ? Buffer.alloc(0) : Buffer.of(byte), after]);
        fc.pre(!changed.equals(bytes));
        expect(await verdict(changed)).not.toBe('fine');
      }),
      { numRuns: 400 },
    );
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    ['an entry changed', (lines) => lines.with(5, lines[5]?.replace('user_1', 'user_2') ?? ''), 'changed'],
    ['an entry spelled otherwise', (lines) => lines.with(5, lines[5]?.replace(':', ': ') ?? ''), 'changed'],
    ['an entry left out', (lines) => lines.toSpliced(5, 1), 'missing'],
    ['several left out', (lines) => lines.toSpliced(5, 4), 'missing'],
    ['the first entry left out', (lines) => lines.toSpliced(1, 1), 'missing'],
    ['the last entry left out', (lines) => lines.toSpliced(-2, 1), 'missing'],
    ['an entry twice', (lines) => lines.toSpliced(5, 0, lines[5] ?? ''), 'inserted'],
    ['an entry again at the end', (lines) => lines.toSpliced(-1, 0, lines[5] ?? ''), 'inserted'],
    ['two entries exchanged', (lines) => lines.with(5, lines[6] ?? '').with(6, lines[5] ?? ''), 'reordered'],
    ['its end cut off', (lines) => lines.slice(0, 12), 'cut'],
    ['something after its end', (lines) => [...lines, lines[5] ?? ''], 'inserted'],
    [
      'another time of export',
      (lines) => lines.with(0, lines[0]?.replace('10:30', '10:31') ?? ''),
      'changed',
    ],
    ['another beginning', (lines) => lines.with(0, '{"format":"other"}\n'), 'unusable'],
    [
      'a later version',
      (lines) => lines.with(0, lines[0]?.replace('"version":2', '"version":3') ?? ''),
      'unusable',
    ],
    ['nothing', () => [], 'unusable'],
  ])('with %s is told from others', async (_, change, expected) => {
    expect(await verdict(change(linesIn(text)).join(''))).toBe(expected);
  });

  it('with entries that are kept no longer is fine when the log says so, whatever was kept, and not else', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(11),
        fc.integer({ min: 1, max: 11 }),
        fc.boolean(),
        async (told, taken, isTold) => {
          const entries = sampleEntries(11);
          const retained = { action: 'audit_log.retained', counts: { first_leaf: 0, last_leaf: told - 1 } };
          const log = new SampleLog([...entries, isTold ? retained : { action: 'other.retained' }]);
          const bytes = Buffer.from(await log.exportWithout(taken));
          const found = await verifyExport(inPieces(bytes, 99), { checkpoint: await log.checkpoint(5) }).then(
            (verified) => verified.taken,
            (error: unknown) => (error instanceof ExportFault ? error.kind : error),
          );
          expect(found).toBe(isTold && told >= taken ? taken : 'missing');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says where the first fault is', async () => {
    const said = (lines: string[]) =>
      verifyExport(inPieces(Buffer.from(lines.join('')), 100)).catch(({ message }: Error) => message);
    const lines = linesIn(text);
    expect(await said(lines.with(5, lines[5]?.replace('user_1', 'user_2') ?? ''))).toBe(
      'The entry of leaf 4 (line 6) was changed.',
    );
    expect(await said(lines.toSpliced(5, 2))).toBe('Leaves 4 to 5 are missing before line 6.');
    expect(await said(lines.with(5, lines[6] ?? '').with(6, lines[5] ?? ''))).toBe(
      'Leaf 5 stands in line 6, before leaf 4.',
    );
  });

  describe('made anew by whoever holds the key', () => {
    const changed = (at: number): JsonValue[] => {
      const { ...entry } = log.entries[at] as Record<string, JsonValue>;
      return [...log.entries].with(at, { ...entry, action: 'nothing.happened' });
    };
    const remade = (entries: readonly JsonValue[], signer = log.signer) =>
      new SampleLog(entries, signer).export();

    it.each<[string, JsonValue[], string]>([
      ['with an early entry changed', changed(3), 'rewritten'],
      ['without an early entry', log.entries.toSpliced(3, 1), 'rewritten'],
      ['with an entry more', log.entries.toSpliced(3, 0, { v: 1 }), 'rewritten'],
      ['in another order', [...log.entries].reverse(), 'rewritten'],
      ['without its end', log.entries.slice(0, 8), 'cut'],
    ])('%s agrees with itself, and not with the checkpoint that was kept', async (_, entries, expected) => {
      const made = await remade(entries);
      expect(await verdict(made, { key })).toBe('fine');
      expect(await verdict(made, { key, checkpoint: old })).toBe(expected);
    });

    it('after the checkpoint that was kept is no other than a log that went on so', async () => {
      expect(await verdict(await remade(changed(9)), { checkpoint: old, key })).toBe('fine');
    });

    it('is told from one that another key signed', async () => {
      const other = await remade(log.entries, new SampleSigner());
      expect(await verdict(other)).toBe('fine');
      expect(await verdict(other, { key })).toBe('other_signer');
      expect(await verdict(other, { checkpoint: old })).toBe('other_signer');
    });
  });

  it('with entries and their hashes exchanged is not what its checkpoint was signed for', async () => {
    const lines = linesIn(text).map((line, at) => {
      const fields = JSON.parse(line);
      if (at !== 12) return line;
      const entry = { ...fields.entry, action: 'nothing.happened' };
      return `${canonicalJson({ ...fields, entry, leaf_hash: leafHash(canonicalJson(entry)).toString('hex') })}\n`;
    });
    expect(await verdict(lines.join(''))).toBe('rewritten');
    await expect(
      verifyExport(inPieces(Buffer.from(lines.join('')), 1000), { checkpoint: old }),
    ).rejects.toThrow('after leaf 8, up to which they agree with the checkpoint given');
  });

  it.each<[string, Evidence]>([
    ['no checkpoint', { checkpoint: 'a\nb\n' }],
    ['no key', { key: 'key' }],
  ])('cannot be held against %s', async (_, evidence) => {
    expect(await verdict(text, evidence)).toBe('unusable');
  });
});
