import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describeInBrowser, launchBrowser } from '../support/browser.js';
import { Client } from '../support/client.js';
import { describeWithPython, PYTHON } from '../support/python.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

const PASSWORD = 'secure-password';

const sample = (name: string): string => readFileSync(`test/support/sero/${name}`, 'utf8');

describe("SERO's samples, as its document has them", () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let fileId: string;
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(300_000)]);

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_EPHEMERAL_PER_MINUTE: '1000' });
    client = new Client(redoubt.url, redoubt.adminKey);
    const project = await client.post('/api/projects', {
      name: 'New Project',
      description: 'Project description',
      password: PASSWORD,
    });
    const form = new FormData();
    form.append('file', new Blob([bytes]), 'document.pdf');
    form.append('project_id', project.body.id);
    const uploaded = await fetch(`${redoubt.url}/api/files/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${redoubt.adminKey}` },
      body: form,
    });
    fileId = ((await uploaded.json()) as { file_id: string }).file_id;
    // The samples take it that there are keys: that holds from a few seconds after the first start.
    // More in a row than the pool holds show that they come faster than they are asked for; the last pause fills it.
    for (let inARow = 0; inARow < 8; await sleep(1_000)) {
      const { status } = await client.get('/api/v1/crypto/ephemeral-key');
      inARow = status === 200 ? inARow + 1 : 0;
    }
    await sleep(4_000);
  });
  afterAll(() => redoubt.dispose());

  /** The JavaScript sample with the key of this server; that its paths lead to this host is the caller's affair. */
  const downloadSample = (): string =>
    sample('download.sample.js.txt').replace('your-api-key', redoubt.adminKey);

  it('JavaScript in Node: the file comes back through WebCrypto, byte for byte', async () => {
    let saved: Blob | undefined;
    const page = {
      fetch: (path: string, init?: RequestInit) => fetch(redoubt.url + path, init),
      document: { createElement: () => ({ click: () => undefined }) },
      URL: {
        createObjectURL: (blob: Blob) => {
          saved = blob;
          return 'blob:sample';
        },
        revokeObjectURL: () => undefined,
      },
    };
    const source = `${downloadSample()}\nreturn downloadFileSecurely(fileId, password);`;
    const run = new Function('fetch', 'document', 'URL', 'fileId', 'password', source);
    await run(page.fetch, page.document, page.URL, fileId, PASSWORD);
    const got = Buffer.from((await saved?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect(got.equals(bytes)).toBe(true);
  });

  describeInBrowser('JavaScript in a browser', () => {
    it('saves the file as the page says, byte for byte', async () => {
      await using browser = await launchBrowser();
      const page = await browser.newPage();
      await page.goto(`${redoubt.url}/docs`);
      const download = page.waitForEvent('download');
      const call = `downloadFileSecurely(${JSON.stringify(fileId)}, ${JSON.stringify(PASSWORD)})`;
      await page.evaluate(`(async () => { ${downloadSample()}\nawait ${call}; })()`);
      const saved = await download;
      expect(saved.suggestedFilename()).toBe('document.pdf');
      expect(readFileSync(await saved.path()).equals(bytes)).toBe(true);
    });
  });

  describeWithPython(['requests', 'cryptography'], "SERO's Python sample", () => {
    const python = (source: string) =>
      promisify(execFile)(PYTHON, ['-c', source], { maxBuffer: 2 ** 26, encoding: 'buffer' });

    it('makes a project and lists it', async () => {
      const source = sample('projects.sample.py.txt')
        .replace('https://api.sero.example.com', redoubt.url)
        .replace('your-api-key', redoubt.adminKey);
      const { stdout } = await python(
        `${source}\nimport json\nprint(json.dumps([project, client.list_projects()]))`,
      );
      const [project, listed] = JSON.parse(stdout.toString('utf8'));
      expect(project).toMatchObject({ name: 'Test Project', description: 'Description', status: 'active' });
      expect(project.id).toMatch(/^proj_/);
      expect(listed.projects[0]).toMatchObject({ id: project.id, document_count: 0 });
    });

    it("reads a file by Python's cryptography", async () => {
      const source = `
import base64, sys, requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
url, key = ${JSON.stringify(redoubt.url)}, ${JSON.stringify(redoubt.adminKey)}
eph = requests.get(url + '/api/crypto/ephemeral-key').json()
public = serialization.load_der_public_key(base64.b64decode(eph['public_key']))
oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
sealed = base64.b64encode(public.encrypt(${JSON.stringify(PASSWORD)}.encode(), oaep)).decode()
answer = requests.post(url + '/api/files/id/${fileId}/download', headers={'Authorization': 'Bearer ' + key},
    json={'key_id': eph['key_id'], 'encrypted_password': sealed})
answer.raise_for_status()
sys.stdout.buffer.write(answer.content)`;
      const { stdout } = await python(source);
      expect(stdout.equals(bytes)).toBe(true);
    });
  });
});
