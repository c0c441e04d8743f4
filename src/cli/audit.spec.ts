import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue } from '../audit/log/canonical-json.js';
import { entryOfHead } from '../audit/log/log-entry.js';
import { verifierKey } from '../audit/log/signed-note.js';
import { INSTANCE, ORIGIN, SampleLog, SampleSigner, sampleEntries } from '../audit/log/testing/sample-log.js';
import { SampleStream } from '../audit/log/testing/sample-stream.js';
import { verifyLogFile } from './audit.js';

describe('redoubt audit verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-audit-'));
  const log = new SampleLog(sampleEntries(6));
  const key = verifierKey(log.signer.verifier);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  let [whole, old] = ['', ''];

  beforeAll(async () => {
    whole = file('whole.jsonl', await log.export());
    old = file('old', await log.checkpoint(4));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('says what it verified, and what it could not compare', async () => {
    const { code, text } = await verifyLogFile(['verify', whole]);
    expect(code).toBe(0);
    expect(text).toContain(`log         ${ORIGIN}\n`);
    expect(text).toContain('entries     6 entries, leaves 0 to 5 of 6, all there are\n');
    expect(text.match(/NOT compared/g)).toHaveLength(2);
    const compared = await verifyLogFile(['verify', whole, '--checkpoint', old, '--key', key]);
    expect(compared.text).toContain('goes on from the checkpoint given, of 4 leaves');
    expect(compared.text).not.toContain('NOT');
  });

  it('takes the answer of the API for a checkpoint', async () => {
    const answer = file('answer.json', JSON.stringify({ checkpoint: await log.checkpoint(2), size: 2 }));
    expect((await verifyLogFile(['verify', whole, '--checkpoint', answer])).code).toBe(0);
  });

  it('ends with 1 and says what is wrong', async () => {
    const lines = (await log.export()).split(/(?<=\n)/);
    const cut = file('cut.jsonl', lines.slice(0, -1).join(''));
    expect(await verifyLogFile(['verify', cut])).toEqual({
      code: 1,
      text: 'NOT VERIFIED (cut). The export breaks off after line 7: its end is missing.\n',
    });
  });

  describe('with the log of the instance', () => {
    const headOf = async (of: SampleLog, size: number, organizationId = 'org_sample') =>
      entryOfHead({ organizationId, size, root: await of.root(size) });
    const against = async (heads: JsonValue[], signer = log.signer, origin = INSTANCE) => {
      const instance = file('instance.jsonl', await new SampleLog(heads, signer, origin).export());
      return verifyLogFile(['verify', whole, '--instance', instance]);
    };

    it('says with how many heads it agrees', async () => {
      const heads = [await headOf(log, 2), await headOf(log, 1, 'org_other'), await headOf(log, 6)];
      const { code, text } = await against(heads);
      expect([code, text]).toEqual([
        0,
        expect.stringContaining('agrees with 2 heads in the log of the instance'),
      ]);
    });

    it('finds a log that was cut, made anew or restored alone', async () => {
      const longer = new SampleLog(sampleEntries(9), log.signer);
      expect((await against([await headOf(longer, 9)])).text).toContain(
        'knows this one with 9 leaves; it has 6 here',
      );
      const other = new SampleLog([...sampleEntries(6)].reverse(), log.signer);
      expect((await against([await headOf(other, 3)])).text).toContain('The first 3 leaves are not those');
    });

    it('is that of the same installation, and of an instance', async () => {
      expect(await against([], new SampleSigner())).toMatchObject({
        code: 1,
        text: expect.stringContaining('other_signer'),
      });
      expect(await against([], log.signer, ORIGIN)).toMatchObject({ code: 2 });
    });
  });

  describe("a collector's copy", () => {
    const stream = new SampleStream();
    let [copy, instance] = ['', ''];

    beforeAll(async () => {
      stream.add('org_a', 3);
      await stream.sign();
      instance = file('instance', await stream.note());
      stream.add('org_b', 1);
      copy = file('copy.jsonl', stream.text);
    });

    it('says what it verified, what it could not compare and what is not proven yet', async () => {
      const { code, text } = await verifyLogFile(['verify', '--stream', copy]);
      expect([code, text]).toEqual([
        0,
        expect.stringContaining('entries     3 entries of 1 organization, from the first on\n'),
      ]);
      expect(text).toContain('waiting     NOT proven: 1 entry and 1 head that no checkpoint tells of yet\n');
      expect(text.match(/NOT compared/g)).toHaveLength(2);
      const given = ['--key', stream.key, '--instance-checkpoint', instance];
      const compared = await verifyLogFile(['verify', '--stream', copy, ...given]);
      expect(compared.text).toContain('goes on from the checkpoint given, of 1 head\n');
      expect(compared.text).not.toContain('NOT compared');
    });

    it('ends with 1 and says what is wrong, and with 2 for what is none or is asked for otherwise', async () => {
      const lacking = file('lacking.jsonl', stream.lines.toSpliced(1, 1).join(''));
      expect(await verifyLogFile(['verify', '--stream', lacking])).toEqual({
        code: 1,
        text: 'NOT VERIFIED (missing). Leaf 1 of org_a is missing.\n',
      });
      for (const args of [
        ['--stream', whole],
        ['--stream', copy, '--checkpoint', old],
        ['--stream', copy, whole],
      ])
        expect(await verifyLogFile(['verify', ...args])).toMatchObject({ code: 2 });
    });
  });

  it.each([
    [[], 'not how it is called'],
    [['prove', 'x'], 'not how it is called'],
    [['verify'], 'not how it is called'],
    [['verify', 'a', 'b'], 'not how it is called'],
    [['verify', 'a', '--loud'], 'not how it is called'],
    [['verify', join(folder, 'nowhere')], 'cannot be read (ENOENT)'],
    [['verify', 'package.json'], 'not an export'],
    [['verify', 'package.json', '--checkpoint', 'package.json'], 'The checkpoint given is none'],
    [['verify', 'package.json', '--key', 'x'], 'The key given is no verifier key'],
  ])('ends with 2 for %j', async (args, said) => {
    const { code, text } = await verifyLogFile(args);
    expect([code, text]).toEqual([2, expect.stringContaining(said)]);
  });
});
