import fc from 'fast-check';
import { ExportFault, UnusableInput } from './export-fault.js';
import { type StreamEvidence, type VerifiedStream, verifyStream } from './stream-verifier.js';
import { SampleSigner } from './testing/sample-log.js';
import { SampleStream } from './testing/sample-stream.js';

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const verify = (text: string | Buffer, evidence?: StreamEvidence, length = 1000): Promise<VerifiedStream> =>
  verifyStream(inPieces(Buffer.from(text as string), length), evidence);

/** What is found, or what is wrong. */
async function verdict(text: string | Buffer, evidence?: StreamEvidence): Promise<VerifiedStream | string> {
  try {
    return await verify(text, evidence);
  } catch (error) {
    if (error instanceof ExportFault) return error.kind;
    if (error instanceof UnusableInput) return 'unusable';
    throw error;
  }
}

describe('what a collector was sent', () => {
  const made = new SampleStream();
  let [text, old, lines] = ['', '', [] as string[]];

  beforeAll(async () => {
    made.add('org_a', 5);
    made.add('org_b', 2);
    await made.sign();
    old = await made.note();
    made.add('org_a', 3);
    made.add('org_a', 1);
    await made.sign();
    [text, lines] = [made.text, [...made.lines]];
  });

  const without = (unwanted: (line: string) => boolean): string =>
    lines.filter((line) => !unwanted(line)).join('');
  const has =
    (...parts: string[]) =>
    (line: string) =>
      parts.every((part) => line.includes(part));

  it('is verified, however its bytes come, and whatever spaces, fields and order the collector gives it', async () => {
    const whole = { organizations: 2, entries: 11, taken: 0, repeated: 0, waiting: { entries: 0, heads: 0 } };
    for (const length of [1, 7, 1e6]) expect(await verify(text, {}, length)).toMatchObject(whole);
    const found = await verify(text, { checkpoint: old, key: made.key });
    expect(found).toMatchObject({ ...whole, isKeyGiven: true, old: { size: 2 }, checkpoint: { size: 4 } });
    const kept = lines.map((line) => JSON.stringify({ received: 'now', ...JSON.parse(line) }, null, 1));
    expect(await verify(kept.map((line) => `${line.replaceAll('\n', ' ')}\r\n\n`).join(''))).toMatchObject(
      whole,
    );
    expect(await verify(lines.map((line) => `\uFEFF${line}`).join(''))).toMatchObject(whole);
  });

  it('may come again and in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...lines.keys()], { minLength: lines.length }),
        fc.array(fc.nat(lines.length - 1), { maxLength: 20 }),
        async (order, again) => {
          const sent = [...order, ...again].map((at) => lines[at]).join('');
          expect(await verify(sent)).toMatchObject({ entries: 11, repeated: again.length });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lacks nothing unseen', async () => {
    for (const [at, line] of lines.entries()) {
      const found = await verdict(lines.toSpliced(at, 1).join(''));
      if (!line.includes('"checkpoint"'))
        expect([line, found]).toEqual([
          line,
          line.includes('"leaf":0') && line.includes('"head"') ? 'unusable' : 'missing',
        ]);
    }
    expect(await verdict(without(has('"organization_id":"org_b"')))).toBe('missing');
    expect(await verdict(without(has('"checkpoint"')))).toBe('unusable');
    expect(await verdict(without(has('"head"')))).toBe('unusable');
    // Whoever cuts off the end with its checkpoint needs the one that was kept to be found.
    const cut = lines.slice(0, 10).join('');
    expect(await verdict(cut)).toMatchObject({ entries: 7 });
    expect(await verdict(cut, { checkpoint: await made.note() })).toBe('cut');
  });

  it('says what is newer than its newest checkpoint', async () => {
    const newer = new SampleStream();
    newer.add('org_a', 2);
    await newer.sign();
    newer.add('org_a', 3);
    newer.add('org_c', 1);
    expect(await verdict(newer.text)).toMatchObject({
      ...{ entries: 2, organizations: 1, waiting: { entries: 4, heads: 2 } },
    });
    expect(await verdict(newer.text, { checkpoint: await newer.note() })).toMatchObject({
      ...{ entries: 6, organizations: 2, waiting: { entries: 0, heads: 0 } },
    });
  });

  it('has hashes in place of entries only where the log itself says so', async () => {
    const retained = { action: 'audit_log.retained', counts: { first_leaf: 0, last_leaf: 2 } };
    for (const [taken, isProven, found] of [
      [3, true, { entries: 5, taken: 3 }],
      [4, true, 'missing'],
      [3, false, 'missing'],
    ] as const) {
      const stream = new SampleStream();
      stream.add('org_a', 4, { taken });
      if (isProven) stream.add('org_a', 1, { more: retained });
      await stream.sign();
      if (!isProven) stream.add('org_a', 1, { more: retained });
      const got = await verdict(stream.text);
      if (typeof found === 'string') expect(got).toBe(found);
      else expect(got).toMatchObject(found);
    }
    const [entry = ''] = lines;
    const { leaf, leaf_hash } = JSON.parse(entry);
    const bare = `${JSON.stringify({ leaf, leaf_hash, organization_id: 'org_a' })}\n`;
    for (const sent of [`${bare}${text}`, `${text}${bare}`])
      expect(await verdict(sent)).toMatchObject({ taken: 0, repeated: 1 });
  });

  it.each<[string, () => string, string]>([
    ['an entry changed', () => text.replace('"action":"x"', '"action":"y"'), 'changed'],
    ['an entry and its hash exchanged', () => text.replace(lines[3] ?? '', other('org_a', 3)), 'rewritten'],
    ['an entry beside another', () => `${text}${other('org_a', 3)}`, 'inserted'],
    ['a line that was never sent', () => `${text}{"leaf":1}\n`, 'changed'],
    ['its last line torn', () => text.slice(0, -9), 'cut'],
    ['a number in its checkpoint changed', () => text.replace('\\n4\\n', '\\n5\\n'), 'changed'],
    ['another file', () => '{"format":"redoubt-audit-log"}\n', 'unusable'],
    ['nothing', () => '', 'unusable'],
  ])('with %s is told from others', async (_, change, expected) => {
    expect(change()).not.toBe(text);
    expect(await verdict(change())).toBe(expected);
  });

  /** An entry of the same place, with the hash that belongs to it. */
  function other(organizationId: string, leaf: number): string {
    const stream = new SampleStream();
    stream.add(organizationId, leaf + 1, { more: { action: 'nothing.happened' } });
    return stream.lines[leaf] ?? '';
  }

  it('made anew by whoever holds the key agrees with itself, and not with the checkpoint that was kept', async () => {
    const anew = new SampleStream(made.signer);
    anew.add('org_a', 5, { more: { action: 'nothing.happened' } });
    anew.add('org_b', 2);
    await anew.sign();
    expect(await verdict(anew.text, { key: made.key })).toMatchObject({ entries: 7 });
    expect(await verdict(anew.text, { checkpoint: old })).toBe('rewritten');
    expect(await verdict(`${text}${anew.lines.at(-1)}`)).toBe('rewritten');
  });

  it('is told from one that another key signed', async () => {
    const foreign = new SampleStream(new SampleSigner());
    foreign.add('org_a', 1);
    await foreign.sign();
    expect(await verdict(foreign.text, { key: made.key })).toBe('other_signer');
    expect(await verdict(foreign.text, { checkpoint: old })).toBe('other_signer');
    expect(await verdict(`${text}${foreign.lines.at(-1)}`)).toBe('other_signer');
  });

  it('needs the key to be given where its checkpoints do not name it, as those of older releases', async () => {
    const older = text.replaceAll(/,"verifier_key":"[^"]*"/g, '');
    expect(await verdict(older)).toBe('unusable');
    expect(await verdict(older, { key: made.key })).toMatchObject({ entries: 11 });
  });

  it('with any byte changed is either found out or says the same', async () => {
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
        const found = await verdict(changed, { checkpoint: await made.note(), key: made.key });
        if (typeof found === 'object') expect(found).toMatchObject({ entries: 11, checkpoint: { size: 4 } });
      }),
      { numRuns: 300 },
    );
  });
});
