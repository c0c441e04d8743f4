import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifierKey } from '../audit/log/signed-note.js';
import { ORIGIN, SampleLog, sampleEntries } from '../audit/log/testing/sample-log.js';
import { verifyExportFile } from './audit.js';

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
    const { code, text } = await verifyExportFile(['verify', whole]);
    expect(code).toBe(0);
    expect(text).toContain(`log         ${ORIGIN}\n`);
    expect(text).toContain('entries     6 entries, leaves 0 to 5 of 6, all there are\n');
    expect(text.match(/NOT compared/g)).toHaveLength(2);
    const compared = await verifyExportFile(['verify', whole, '--checkpoint', old, '--key', key]);
    expect(compared.text).toContain('goes on from the checkpoint given, of 4 leaves');
    expect(compared.text).not.toContain('NOT');
  });

  it('takes the answer of the API for a checkpoint', async () => {
    const answer = file('answer.json', JSON.stringify({ checkpoint: await log.checkpoint(2), size: 2 }));
    expect((await verifyExportFile(['verify', whole, '--checkpoint', answer])).code).toBe(0);
  });

  it('ends with 1 and says what is wrong', async () => {
    const lines = (await log.export()).split(/(?<=\n)/);
    const cut = file('cut.jsonl', lines.slice(0, -1).join(''));
    expect(await verifyExportFile(['verify', cut])).toEqual({
      code: 1,
      text: 'NOT VERIFIED (cut). The export breaks off after line 7: its end is missing.\n',
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
    const { code, text } = await verifyExportFile(args);
    expect([code, text]).toEqual([2, expect.stringContaining(said)]);
  });
});
