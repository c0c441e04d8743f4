import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.js';
import { fileForm, letterPdf, secretOf, upload } from './files.js';
import type { RedoubtProcess } from './redoubt-process.js';
import { textDocx } from './sample-docx.js';

const WAIT_MS = 30_000;

/** Documents in whose files a value stands, and others, in several places of one organization. */
export class ErasableFiles {
  /** With the value, where nothing keeps them from being deleted. */
  readonly found: string[] = [];
  readonly held: string[] = [];
  /** With the value, which nobody can read. */
  readonly unread: string[] = [];
  readonly others: string[] = [];

  constructor(private readonly value: string) {}

  async fill(client: Client): Promise<void> {
    const text = `A letter to ${this.value.toUpperCase()}, of the first of May.`;
    const project = async (json: object): Promise<string> =>
      (await client.post('/api/v1/projects', json)).body.id;
    const add = async (
      list: string[],
      project_id: string,
      name: string,
      bytes: Buffer | string,
      fields = {},
    ) => {
      const { status, body } = await upload(client, fileForm(name, bytes, { project_id, ...fields }));
      expect([name, status]).toEqual([name, 201]);
      list.push(body.document_id);
    };
    const open = await project({ name: 'Letters' });
    await add(this.found, open, 'letter.txt', text);
    await add(this.found, open, 'letter.docx', textDocx(['A letter.', text]));
    await add(this.found, open, 'letter.pdf', await letterPdf(['A letter.', text]));
    await add(this.others, open, 'other.txt', 'A letter to nobody at all.', { redact: 'true' });
    const redacted = `/api/v1/documents/${this.others[0]}`;
    for (const until = Date.now() + WAIT_MS; ; await sleep(100)) {
      const { redaction_status } = (await client.get(redacted)).body;
      if (redaction_status === 'completed') break;
      if (Date.now() > until) throw new Error(`still ${redaction_status}`);
    }
    const base = (await client.post('/api/v1/knowledge', { name: 'Letters' })).body.id;
    const path = `/api/v1/knowledge/${base}/documents`;
    this.found.push((await upload(client, fileForm('facts.md', text), { path })).body.id);
    const held = await project({ name: 'Held letters', legal_hold: true });
    await add(this.held, held, 'letter.txt', text);
    const secret = await secretOf(client, 'Correct-Horse-7');
    await add(this.unread, await project({ name: 'Locked letters', ...secret }), 'letter.txt', text);
  }

  /** What looking into them comes to, beside one other document with nothing in it. */
  get report() {
    return {
      ...{ total: 8, searched: 8, unread_ids: this.unread, unread_reasons: { PASSWORD_REQUIRED: 1 } },
      found_ids: [...this.found, ...this.held].sort(),
    };
  }

  get counts() {
    const found = this.found.length + this.held.length;
    return { documents_found: found, documents_unread: this.unread.length };
  }

  /** How the documents that were found are answered for, in any place. */
  async statuses(client: Client, ids: readonly string[] = this.found): Promise<number[]> {
    const statuses: number[] = [];
    for (const id of ids) statuses.push((await client.get(`/api/v1/documents/${id}`)).status);
    return statuses;
  }
}

/** Objects there are in the folder of files; what is deleted goes within seconds. */
export async function objectsOf(redoubt: RedoubtProcess, expected?: number): Promise<number> {
  const count = (): number =>
    readdirSync(join(redoubt.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    ).length;
  for (const until = Date.now() + WAIT_MS; expected !== undefined && count() !== expected; await sleep(100))
    if (Date.now() > until) break;
  return count();
}
