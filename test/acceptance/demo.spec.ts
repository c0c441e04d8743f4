import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { freePort } from '../support/redoubt-process.js';
import { mayUse } from '../support/tools.js';

jest.setTimeout(120_000);

const REDOUBT = join(process.cwd(), 'bin', 'redoubt.mjs');
const STRANGE_KEY = `sk_live_${'a'.repeat(38)}`;

/** The demo as a person starts it, in an empty working folder and with a folder for temporary files of its own. */
class Demo {
  output = '';
  readonly place = mkdtempSync(join(tmpdir(), 'redoubt-test-'));
  readonly ended: Promise<number | null>;
  readonly child: ChildProcess;

  constructor(env: NodeJS.ProcessEnv = {}) {
    chmodSync(this.place, 0o711);
    for (const folder of [this.temporary, this.working]) mkdirSync(folder, { mode: 0o711 });
    this.child = spawn(process.execPath, [REDOUBT, 'demo'], {
      cwd: this.working,
      env: { ...process.env, NO_COLOR: '', FORCE_COLOR: undefined, TMPDIR: this.temporary, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString('utf8');
      });
    }
    this.ended = new Promise((resolve) => {
      this.child.once('close', resolve);
    });
  }

  get temporary(): string {
    return join(this.place, 'tmp');
  }

  get working(): string {
    return join(this.place, 'cwd');
  }

  async until(text: string): Promise<void> {
    for (const limit = Date.now() + 110_000; !this.output.includes(text); await sleep(50)) {
      if (this.child.exitCode !== null || Date.now() > limit)
        throw new Error(`No "${text}" in\n${this.output}`);
    }
  }

  /** Sends a signal; the exit code and how many milliseconds the end took. */
  async stop(signal: NodeJS.Signals): Promise<{ code: number | null; tookMs: number }> {
    const since = Date.now();
    this.child.kill(signal);
    return { code: await this.ended, tookMs: Date.now() - since };
  }

  /** Command lines of processes that have to do with the folders of this demo. */
  get processes(): string[] {
    const all = execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' }).split('\n');
    return all.filter((line) => line.includes(this.place));
  }

  async dispose(): Promise<void> {
    await this.stop('SIGINT');
    rmSync(this.place, { recursive: true, force: true });
  }
}

interface Shown {
  readonly before: string;
  readonly after: string;
  readonly found: { readonly text: string; readonly type: string }[];
}

const oneLine = (lines: string): string => lines.replace(/\s+/g, ' ');

/** The samples as they are shown. A value too long for its column counts with what is shown of it. */
function samplesOf(output: string): Shown[] {
  const sample = /^ {2}Before\n([\s\S]*?)^ {2}After\n([\s\S]*?)^ {2}Found +Type .*\n([\s\S]*?)\n\n/gm;
  return [...output.matchAll(sample)].map(([, before = '', after = '', table = '']) => ({
    before: oneLine(before),
    after: oneLine(after),
    found: table.split('\n').map((row) => {
      const [, text = '', type = ''] = /^ {2}(.*?)(?: ×\d+|…)? {2,}([A-Z_]+) {2}/.exec(row) ?? [];
      return { text, type };
    }),
  }));
}

/** What a shell makes of the shown command: the arguments that curl would get. */
function curlArguments(output: string): string[] {
  const command = /^curl .*\\\n(?: .*\\\n)* .*$/m.exec(output)?.[0] ?? '';
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** What the letter says of people, as it is read. */
const PERSONAL = [
  'Maria Garcia',
  'Susan Bennett',
  '219-09-9999',
  '(555) 010-4477',
  'maria.garcia@example.com',
];

/** What is left of the letter: file names, whose paths the demo shows. */
const LEFT = [
  'letter-redacted.pdf',
  'letter.pdf',
  'page-1-after.png',
  'page-1-before.png',
  'page-2-after.png',
  'page-2-before.png',
  'report.json',
];

/** What a reader of PDFs finds in one. */
const textOf = (pdf: string): string =>
  oneLine(execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }));

async function darknessOf(png: Buffer): Promise<number> {
  const { channels } = await sharp(png).greyscale().stats();
  return 255 - (channels[0]?.mean ?? 255);
}

async function fetchAsCurl([url = '', ...options]: readonly string[]): Promise<Response> {
  const valuesOf = (name: string): string[] =>
    options.flatMap((option, index) => (options[index - 1] === name ? [option] : []));
  const headers = valuesOf('-H').map((line): [string, string] => {
    const [, name = '', value = ''] = /^([\w-]+): (.*)$/.exec(line) ?? [];
    return [name, value];
  });
  return fetch(url, { method: 'POST', headers, body: valuesOf('-d')[0] ?? '' });
}

describe('npm run demo', () => {
  let demo: Demo;

  beforeAll(async () => {
    demo = new Demo({
      PORT: String(await freePort()),
      DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/nowhere',
      REDOUBT_ADMIN_KEY: STRANGE_KEY,
    });
    await demo.until('Ctrl-C stops it.');
  });

  afterAll(() => demo.dispose());

  it('finds every kind of data that its samples hold', () => {
    const samples = samplesOf(demo.output);
    expect(samples).toHaveLength(3);
    const letter = new Set(samples[0]?.found.map(({ type }) => type));
    expect([...letter].sort()).toEqual([
      'API_KEY',
      'CREDIT_CARD',
      'DATE_OF_BIRTH',
      'DATE_TIME',
      'EMAIL',
      'IBAN_CODE',
      'PERSON_NAME',
      'PHONE',
      'SSN',
      'TITLE',
    ]);
  });

  it('leaves nothing it reported in what it shows afterwards', () => {
    for (const { before, after, found } of samplesOf(demo.output)) {
      expect(found.length).toBeGreaterThan(0);
      for (const { text } of found) {
        expect(text).not.toBe('');
        expect(before).toContain(text);
        expect(after).not.toContain(text);
      }
    }
  });

  it('numbers one person alike throughout a record', () => {
    const after = samplesOf(demo.output)[1]?.after ?? '';
    expect(after).toContain('"name": "[PERSON_NAME_1]"');
    expect(after.match(/\[PERSON_NAME_1\]/g)).toHaveLength(2);
  });

  it('fits 80 columns and has no colours in a pipe', () => {
    expect(demo.output).not.toContain('\u001b');
    const shown = demo.output.slice(demo.output.indexOf('A letter'));
    const lines = shown.split('\n').filter((line) => !/^ {2}\/\S+$/.test(line));
    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('shows the audit entry of each of its calls, without content', () => {
    const audit = /What the audit log kept[\s\S]*?(?=Your turn)/.exec(demo.output)?.[0] ?? '';
    expect(audit.match(/ text\.processed .* req_[0-9a-z]{26}\n/g)).toHaveLength(3);
    for (const { text } of samplesOf(demo.output).flatMap(({ found }) => found))
      expect(audit).not.toContain(text);
  });

  it('shows tokens that come back, and a batch that is there once however often it is sent', () => {
    const [, sent, kept, restored] =
      /^ {2}Sent {6}(.*)\n {2}Kept {6}(.*)\n {2}Restored {2}(.*)$/m.exec(demo.output) ?? [];
    expect(sent).toMatch(/Aisha Khan .* 555-010-9931/);
    expect(kept).toMatch(/^Call PERSON_NAME-[0-9A-Z]{16} at PHONE-[0-9A-Z]{16}\.$/);
    expect(restored).toBe(sent);
    expect(demo.output).toMatch(/Accepted in \d+ ms, 1000 redacted and 0 failed after \d+\.\d s\./);
    expect(demo.output).toContain('with its Idempotency-Key: the same job, no second one.');
  });

  it('shows what a model server saw, what came back, the receipt, and an answer quoted', () => {
    const page = /A model that never learns[\s\S]*?(?=A medical letter as PDF)/.exec(demo.output)?.[0] ?? '';
    const columns = /^ {2}What the model server saw.*\n([\s\S]*?)\n\n/m.exec(page)?.[1] ?? '';
    const [saw, got] = [0, 1].map((side) =>
      oneLine(columns.replaceAll(/^ {2}(.{0,37})(.*)$/gm, (_, left, right) => (side === 0 ? left : right))),
    );
    expect(saw).toMatch(/PERSON_NAME-[0-9A-Z]{16} \( ?EMAIL-[0-9A-Z]{16}, PHONE-[0-9A-Z]{16}\)/);
    expect(saw).not.toMatch(/Aisha|example\.com|9931/);
    expect(got).toContain('Aisha Khan (aisha.khan@example.com, 555-010-9931)');
    for (const side of [saw, got]) expect(side).toContain('The door opens with [VAULT_SECRET].');
    expect(page).toContain('EMAIL 1, PHONE 1, PERSON_NAME 1, VAULT_SECRET 1');
    expect(page).toMatch(/^ {2}SHA-256 {3}[0-9a-f]{64}$/m);
    expect(page).toContain('Quoted    Returns are taken within 30 days.');
  });

  it('erases somebody for good, and finds one changed word of the audit log without the server', () => {
    const erased = /A person who is erased[\s\S]*?(?=What the audit log kept)/.exec(demo.output)?.[0] ?? '';
    expect(erased).toMatch(/^ {2}Kept {6}Ask PERSON_NAME-[0-9A-Z]{16} about the report\.$/m);
    const restored = [...erased.matchAll(/^ {2}Restored {2}(.*)$/gm)].map(([, text]) => text);
    expect(restored[0]).toBe('Ask Omar Haddad about the report.');
    expect(restored[1]).toMatch(/^Ask PERSON_NAME-[0-9A-Z]{16} about the report\.$/);
    const proof = /And proves[\s\S]*?(?=Your turn)/.exec(demo.output)?.[0] ?? '';
    expect(proof).toContain('Verified. Nothing was changed, left out, put in or exchanged.');
    expect(proof).toContain('NOT VERIFIED (changed)');
  });

  it('answers questions from three documents, and says where it stands', () => {
    const page = /Answers that say where[\s\S]*?(?=A medical letter as PDF)/.exec(demo.output)?.[0] ?? '';
    const answers = oneLine(page);
    expect(answers).toContain('Answered Pads BP1087 fit the Honda Civic of 2016 to 2021.');
    expect(answers).toContain(
      'Answered The buyer pays for sending them back, unless we sent the wrong part.',
    );
    expect(
      page.match(/^ {2}From {6}(?:brakes\.md|returns\.txt), characters \d+–\d+$/gm)?.length,
    ).toBeGreaterThan(1);
  });

  it('redacts a letter as PDF, shows its report, and leaves both versions where it says', async () => {
    const folder = join(demo.working, 'data', 'demo');
    expect(readdirSync(folder)).toEqual(LEFT);
    for (const name of LEFT) expect(demo.output).toContain(`\n  ${join(folder, name)}\n`);
    const file = (name: string): Buffer => readFileSync(join(folder, name));
    for (const value of PERSONAL) expect(file('letter-redacted.pdf').includes(value)).toBe(false);
    for (const page of [1, 2])
      expect(await darknessOf(file(`page-${page}-after.png`))).toBeGreaterThan(
        await darknessOf(file(`page-${page}-before.png`)),
      );
    const report = JSON.parse(file('report.json').toString('utf8'));
    expect(report).toMatchObject({ format: 'pdf', pages: 2, verification: { passed: true } });
    const shown = /A medical letter as PDF[\s\S]*?(?=What the audit log kept)/.exec(demo.output)?.[0] ?? '';
    for (const { type, pages } of report.entities) {
      const counts = [1, 2].map(
        (number) => pages.find(({ page }: { page: number }) => page === number)?.count ?? '–',
      );
      expect(shown).toMatch(new RegExp(`^  ${type} +${counts.join(' +')}$`, 'm'));
    }
    for (const { kind, count } of report.removed)
      expect(oneLine(shown)).toContain(`${kind.replaceAll('_', ' ')} (${count})`);
    for (const { message } of report.residual_risks) expect(oneLine(shown)).toContain(message);
    expect(shown).toMatch(/^ {2}Verification +passed$/m);
  });

  it('leaves a redacted letter in which a reader of PDFs finds nothing personal, and all else', () => {
    if (!mayUse('pdftotext', 'reading the letter of the demo')) return;
    const [before = '', after = ''] = ['letter.pdf', 'letter-redacted.pdf'].map((name) =>
      textOf(join(demo.working, 'data', 'demo', name)),
    );
    for (const value of PERSONAL)
      expect([before.includes(value), after.includes(value)]).toEqual([true, false]);
    for (const kept of ['Ejection fraction', 'ramipril each morning', 'Confidential. Page 2 of 2.'])
      expect([before.includes(kept), after.includes(kept)]).toEqual([true, true]);
  });

  it('prints a curl that works as it is, with a key of its own', async () => {
    const command = curlArguments(demo.output);
    expect(command.join('\n')).not.toContain(STRANGE_KEY);
    const response = await fetchAsCurl(command);
    expect(response.status).toBe(200);
    const { processed_data: processed, entities_detected: found } = (await response.json()) as {
      processed_data: string;
      entities_detected: { text: string }[];
    };
    expect(found.map(({ text }) => text)).toEqual(['John Smith', '555-123-4567', '123-45-6789']);
    for (const { text } of found) expect(processed).not.toContain(text);
  });

  it('serves its documentation where it says', async () => {
    const address = /Documentation +(\S+)/.exec(demo.output)?.[1] ?? '';
    expect((await fetch(address)).status).toBe(200);
  });

  it('touches nothing outside its folder but the letter it leaves, and leaves nothing else after Ctrl-C', async () => {
    expect(readdirSync(demo.working)).toEqual(['data']);
    expect(readdirSync(join(demo.working, 'data'))).toEqual(['demo']);
    expect(readdirSync(demo.temporary)).toHaveLength(1);
    expect(demo.processes).not.toEqual([]);
    const { code, tookMs } = await demo.stop('SIGINT');
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(10_000);
    expect(readdirSync(demo.temporary)).toEqual([]);
    expect(demo.processes).toEqual([]);
    await expect(fetchAsCurl(curlArguments(demo.output))).rejects.toThrow();
  });
});

describe('a demo cut short', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'leaves nothing behind after %s during its start',
    async (signal) => {
      const demo = new Demo();
      await demo.until('Starting');
      await sleep(300);
      expect((await demo.stop(signal)).code).toBe(0);
      expect(demo.output).not.toContain('A letter');
      expect(readdirSync(demo.temporary)).toEqual([]);
      expect(demo.processes).toEqual([]);
      await demo.dispose();
    },
  );

  it('says why it cannot start, and leaves nothing behind', async () => {
    const demo = new Demo({ HOST: '192.0.2.1' });
    expect(await demo.ended).toBe(1);
    expect(demo.output).toContain('192.0.2.1 is no address of this machine');
    expect(readdirSync(demo.temporary)).toEqual([]);
    expect(demo.processes).toEqual([]);
    await demo.dispose();
  });
});

describe('a demo that is refused', () => {
  it('says so, ends with an error, and leaves nothing behind', async () => {
    const withoutKey =
      'const real = fetch; globalThis.fetch = (url, { headers, ...init }) => ' +
      'real(url, { ...init, headers: { ...headers, authorization: "" } });';
    const demo = new Demo({
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(withoutKey)}`,
    });
    expect(await demo.ended).toBe(1);
    expect(demo.output).toContain('POST /api/v1/process answered 401, UNAUTHENTICATED, not 200.');
    expect(demo.output).not.toContain('Ctrl-C stops it.');
    expect(readdirSync(demo.temporary)).toEqual([]);
    expect(demo.processes).toEqual([]);
    await demo.dispose();
  });
});

describe('the colours of the demo', () => {
  it('come with FORCE_COLOR and change nothing else', async () => {
    const demo = new Demo({ FORCE_COLOR: '1' });
    // What comes after the samples, documents among it, is coloured by the same hand.
    await demo.until('A note that can be restored');
    expect(demo.output).toContain('\u001b[38;5;16;48;5;');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence is what is looked for
    const [letter] = samplesOf(demo.output.replace(/\u001b\[[\d;]*m/g, ''));
    expect(letter?.after).toContain('Dear [TITLE] [PERSON_NAME],');
    expect((await demo.stop('SIGTERM')).code).toBe(0);
    expect(readdirSync(demo.temporary)).toEqual([]);
    await demo.dispose();
  });
});
