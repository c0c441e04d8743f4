import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { AuditCollector } from '../support/audit-collector.js';
import { verifyByCommand } from '../support/audit-verifier.js';
import { Client } from '../support/client.js';
import { embeddedUrl } from '../support/database-dump.js';
import { fileForm, upload } from '../support/files.js';
import { rootBy, sha256 } from '../support/merkle-by-hand.js';
import { MANY_ACCOUNTS, type Owner, People } from '../support/people.js';
import { RedoubtProcess } from '../support/redoubt-process.js';

jest.setTimeout(180_000);

const LOGS = '/api/v1/audit-logs';
const PATIENCE_MS = 20_000;

describe('the audit log', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-audit-'));
  const checkpointFile = join(folder, 'checkpoint');
  const settings: Record<string, string> = { ...MANY_ACCOUNTS, REDOUBT_CHECKPOINT_FILE: checkpointFile };
  const collector = new AuditCollector();
  let redoubt: RedoubtProcess;
  let admin: Client;
  let owner: Owner;
  let viewer: Client;
  let home = '';

  beforeAll(async () => {
    Object.assign(settings, await collector.start());
    redoubt = await RedoubtProcess.start(settings);
    admin = new Client(redoubt.url, redoubt.adminKey);
    const people = new People(redoubt);
    owner = await people.owner('quartermaine');
    viewer = (await people.person('viewer@example.org')).client;
    home = (await admin.get('/api/v1/projects')).body.data[0].organization_id;
    await work();
  });
  afterAll(async () => {
    await redoubt?.dispose();
    collector.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const work = (): Promise<unknown> =>
    Promise.all(Array.from({ length: 12 }, () => admin.post('/api/v1/detect', { data: 'x' })));

  const checkpointNow = async (query = '', client = admin) => {
    const { status, body } = await client.get(`${LOGS}/checkpoint?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body;
  };

  /** When every entry has its place. */
  async function settled() {
    const { total } = (await admin.get(`${LOGS}?organization_id=${home}`)).body;
    for (const since = Date.now(); Date.now() - since < PATIENCE_MS; await sleep(200)) {
      const found = await checkpointNow();
      if (found.size >= total) return found;
    }
    throw new Error('entries wait for their places');
  }

  const exported = async (query = '', client = admin): Promise<string> => {
    const { status, bytes } = await client.get(`${LOGS}/export?${query}`);
    expect([query, status]).toEqual([query, 200]);
    return bytes.toString();
  };

  const verifier = (text: string, old?: string, key?: string, instance?: string) =>
    verifyByCommand(folder, text, old, key, instance);

  const asDatabase = async (...statements: string[]): Promise<void> => {
    const database = new pg.Client({ connectionString: embeddedUrl(redoubt.dataDir) });
    await database.connect();
    try {
      for (const sql of statements) await database.query(sql);
    } finally {
      await database.end();
    }
  };

  it('has signed checkpoints, which any Ed25519 verifies', async () => {
    const { checkpoint, origin, size, root, public_key, verifier_key, created_at } = await settled();
    const [text = '', signed = ''] = checkpoint.split('\n\n');
    expect(text).toBe(`${origin}\n${size}\n${root}`);
    expect(origin).toMatch(new RegExp(`^redoubt/[0-9a-f]{16}/${home}$`));
    const [dash, name, base64 = ''] = signed.trim().split(' ');
    expect([dash, name, Date.parse(created_at)]).toEqual(['—', origin, expect.any(Number)]);
    const x = Buffer.from(public_key, 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const bytes = Buffer.from(base64, 'base64');
    expect(verify(null, Buffer.from(`${text}\n`), key, bytes.subarray(4))).toBe(true);
    expect(verifier_key).toContain(`${origin}+${bytes.subarray(0, 4).toString('hex')}+`);
  });

  it('proves each entry by hashes alone, to the newest checkpoint and to an older one', async () => {
    const { size } = await settled();
    const { data } = (await admin.get(`${LOGS}?organization_id=${home}&page_size=8`)).body;
    for (const { id } of data) {
      const { body } = await admin.get(`${LOGS}/proof?id=${id}&from_size=${size - 1}`);
      const { leaf, leaf_hash, text, proof } = body.entry;
      expect(JSON.parse(text)).toMatchObject({ id, action: expect.any(String), v: 1 });
      expect(sha256(Buffer.of(0), text).toString('hex')).toBe(leaf_hash);
      expect(rootBy(text, leaf, body.size, proof)).toBe(body.root);
      expect(body.checkpoint.split('\n').slice(1, 3)).toEqual([String(body.size), body.root]);
      const then = (await admin.get(`${LOGS}/proof?id=${id}&size=${leaf + 1}`)).body;
      expect(rootBy(text, leaf, leaf + 1, then.entry.proof)).toBe(then.root);
    }
    expect(JSON.stringify(data)).not.toContain('"text"');
  });

  it.each([
    ['proof', 'id', 'required'],
    ['proof?from_size=99999', 'from_size', 'maximum'],
    ['proof?from_size=1&size=99999', 'size', 'maximum'],
    ['proof?from_size=5&size=4', 'from_size', 'maximum'],
    ['checkpoint?log=ours', 'log', 'enum'],
    ['export?format=xml', 'format', 'enum'],
    ['export?created_after=soon', 'created_after', 'format'],
  ])('says what is wrong with %s', async (path, field, constraint) => {
    const { status, body } = await admin.get(`${LOGS}/${path}`);
    expect([status, body.error.details]).toEqual([400, expect.objectContaining({ field, constraint })]);
  });

  it('says what a checkpoint that was kept is to it', async () => {
    const kept = await settled();
    const [{ id }] = (await admin.get(`${LOGS}?organization_id=${home}&page_size=1&order=asc`)).body.data;
    const { text, leaf, proof } = (await admin.get(`${LOGS}/proof?id=${id}&size=${kept.size}`)).body.entry;
    await work();
    const now = await settled();
    const judged = async (json: object) => (await admin.post(`${LOGS}/verify`, json)).body;
    const fine = await judged({ checkpoint: kept.checkpoint, entry: { text, leaf, proof } });
    expect(fine).toMatchObject({
      verdict: 'consistent',
      from_size: kept.size,
      size: now.size,
      entry: 'included',
    });
    const other = { text: text.replace('"v":1', '"v":2'), leaf, proof };
    expect(await judged({ checkpoint: kept.checkpoint, entry: other })).toMatchObject({
      entry: 'not_included',
    });
    const bent = kept.checkpoint.replace(`\n${kept.size}\n`, `\n${kept.size - 1}\n`);
    expect(await judged({ checkpoint: bent })).toMatchObject({
      verdict: 'other_signer',
      consistency_proof: null,
    });
    const foreign = await checkpointNow('', owner.client);
    expect(await judged({ checkpoint: foreign.checkpoint })).toMatchObject({
      verdict: 'other_log',
      entry: null,
    });
    expect((await admin.post(`${LOGS}/verify`, { checkpoint: 'x' })).status).toBe(400);
  });

  it('is exported so that the command line verifies it without a server, and finds what was done to it', async () => {
    const old = await settled();
    await work();
    await settled();
    const text = await exported();
    const fine = verifier(text, old.checkpoint, old.verifier_key);
    expect([fine.code, fine.said]).toEqual([0, expect.stringContaining('Verified.')]);
    expect(fine.said).toContain(`goes on from the checkpoint given, of ${old.size} leaves`);
    const lines = text.split(/(?<=\n)/);
    expect(verifier(lines.toSpliced(4, 1).join(''), old.checkpoint)).toMatchObject({
      code: 1,
      said: expect.stringContaining('Leaf 3 is missing before line 5.'),
    });
    const changed = lines.with(4, lines[4]?.replace('"actor_type":"', '"actor_type":"x') ?? '');
    expect(verifier(changed.join('')).said).toContain('The entry of leaf 3 (line 5) was changed.');
    expect(verifier('{}').code).toBe(2);
  });

  it('is exported in parts, which are verified too, and as a table', async () => {
    const { size } = await settled();
    const { data } = (await admin.get(`${LOGS}?organization_id=${home}&page_size=100&order=asc`)).body;
    const [from, to] = [data[5].created_at, data.at(-3).created_at];
    const part = await exported(`created_after=${from}&created_before=${to}`);
    const { first_leaf, leaves } = JSON.parse(part.split('\n')[0] ?? '');
    expect(first_leaf).toBeGreaterThan(0);
    expect(first_leaf + leaves).toBeLessThan(size);
    expect(verifier(part).said).toContain(`asked for from ${from} to ${to}`);
    expect(verifier(await exported('created_after=2099-01-01')).code).toBe(0);
    const table = (await exported('format=csv')).split('\r\n');
    expect(table[0]).toBe(
      'leaf,id,number,created_at,action,organization_id,project_id,actor_type,actor_id,user_id,subject_user_id,target_type,target_id,request_id,counts,sealed_sha256,leaf_hash',
    );
    expect(table.length).toBeGreaterThan(size);
    const told = (await admin.get(`${LOGS}?action=audit_log.exported&page_size=1`)).body.data[0];
    expect(told).toMatchObject({ target_id: 'organization', details: { format: 'csv' } });
  });

  it('of the instance has the heads of all organizations, for administrators of the instance alone', async () => {
    const ours = await settled();
    const text = await exported('log=instance');
    expect(verifier(text).code).toBe(0);
    const heads = text
      .split('\n')
      .slice(1, -2)
      .map((line) => JSON.parse(line).entry);
    expect(new Set(heads.map((head) => head.organization_id))).toEqual(new Set([home, owner.organization]));
    const last = heads.findLast((head) => head.organization_id === home);
    expect(last.size).toBeGreaterThanOrEqual(ours.size);
    for (const path of ['checkpoint', 'export', 'proof'])
      expect(
        (
          await owner.client.get(
            `${LOGS}/${path}?log=instance&id=x`.replace(path === 'proof' ? '' : '&id=x', ''),
          )
        ).status,
      ).toBe(403);
  });

  it('is whole for administrators of the organization alone, and of others as if there were none', async () => {
    const [{ id }] = (await admin.get(`${LOGS}?organization_id=${home}&page_size=1&order=asc`)).body.data;
    for (const path of ['checkpoint', 'export', `proof?id=${id}`])
      expect([path, (await viewer.get(`${LOGS}/${path}`)).status]).toEqual([path, 403]);
    expect((await owner.client.get(`${LOGS}/proof?id=${id}`)).status).toBe(404);
    for (const organization of [home, 'org_01k9zq3v8x6m2n4p5r7s9t0w1y'])
      expect(
        (await owner.client.get(`${LOGS}/checkpoint?organization_id=${organization}`)).body.error,
      ).toMatchObject({
        code: 'NOT_FOUND',
      });
    expect((await checkpointNow(`organization_id=${home}`)).origin).toContain(home);
  });

  it('comes to a collector line by line as exports have it, with checkpoints of the instance', async () => {
    await settled();
    const [, ...lines] = (await exported()).split(/(?<=\n)/).slice(0, -1);
    const has = () => lines.every((line) => collector.lines.includes(line));
    for (const since = Date.now(); !has() && Date.now() - since < PATIENCE_MS; ) await sleep(200);
    expect([lines.length > 12, has()]).toEqual([true, true]);
    const note = collector.lines.find((line) => line.startsWith('{"checkpoint":'));
    expect(JSON.parse(note ?? '').checkpoint).toMatch(/^redoubt\/[0-9a-f]{16}\/instance\n/);
  });

  it('shows in an export what was changed in the database itself', async () => {
    const old = await settled();
    await asDatabase(
      `UPDATE audit_logs SET user_id = 'user_x' WHERE number = (SELECT min(number) FROM audit_logs)`,
    );
    expect(verifier(await exported(), old.checkpoint).said).toContain(
      'The entry of leaf 0 (line 2) was changed.',
    );
    await asDatabase(`DELETE FROM audit_logs WHERE number = (SELECT min(number) FROM audit_logs)`);
    expect(verifier(await exported(), old.checkpoint).said).toContain('Leaf 0 is missing before line 2.');
  });

  it('of one organization that was restored alone does not agree with that of the instance', async () => {
    const instance = join(folder, 'instance.jsonl');
    writeFileSync(instance, await exported('log=instance'));
    const ofOwner = () => exported('', owner.client);
    expect(verifier(await ofOwner(), undefined, undefined, instance).said).toContain(
      'in the log of the instance',
    );
    // A tree without a leaf is that of an older copy of it.
    const tree = `(SELECT id FROM audit_trees WHERE organization_id = '${owner.organization}')`;
    await asDatabase(
      'CREATE TABLE kept_trees AS SELECT * FROM audit_trees',
      `UPDATE audit_trees SET size = 0, edge = '' WHERE id = ${tree}`,
    );
    const restored = await ofOwner();
    // Its next entry finds it so.
    let refused = await owner.client.get(`${LOGS}/checkpoint`);
    for (
      const since = Date.now();
      refused.status === 200 && Date.now() - since < PATIENCE_MS;
      await sleep(200)
    )
      refused = await owner.client.get(`${LOGS}/checkpoint`);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'AUDIT_LOG_QUARANTINED']);
    const told = await owner.client.get(`${LOGS}?action=audit_log.quarantined`);
    expect(told.body.data[0].target_id).toBe(owner.organization);
    await asDatabase(
      `UPDATE audit_trees t SET size = k.size, edge = k.edge FROM kept_trees k WHERE k.id = t.id AND t.id = ${tree}`,
      'DROP TABLE kept_trees',
    );
    expect(verifier(restored).code).toBe(0);
    expect(verifier(restored, undefined, undefined, instance).said).toContain('NOT VERIFIED (cut)');
  });

  describe('that cannot be written to', () => {
    const SECRET = `planted-${Math.random().toString(36).slice(2)}-secret`;
    /** Not the vault's: that would be taken out of a chat. */
    const TITLE = `Zanzibar${Math.random().toString(36).slice(2)}`;
    const routes: [string, () => Promise<{ status: number; bytes: Buffer }>][] = [];

    beforeAll(async () => {
      const project = (await admin.post('/api/v1/projects', { name: 'Vault' })).body.id;
      const environment = (
        await admin.post('/api/v1/environments', { name: 'production', project_id: project })
      ).body;
      const variable = (
        await admin.post('/api/v1/variables', {
          environment_id: environment.id,
          key: 'PLANTED',
          value: SECRET,
        })
      ).body;
      const file = (await upload(admin, fileForm('secret.txt', SECRET, { project_id: project }))).body
        .file_id;
      const tokens = await admin.post('/api/v1/process', {
        data: `My e-mail is ${SECRET}@example.com`,
        method: 'tokenization',
      });
      const chat = (await admin.post('/api/v1/chats', { title: TITLE })).body.id;
      const keynest = { scheme: 'Token' } as const;
      const [{ id: environmentNumber }] = (await admin.get('/api/environments/', keynest)).body.results;
      const inside = `/api/environments/${environmentNumber}`;
      const [{ id: number }] = (await admin.get(`${inside}/variables/`, keynest)).body.results;
      const get = (path: string) => () => admin.get(path);
      routes.push(
        ['a variable', get(`/api/v1/variables/${variable.id}`)],
        ['a version of it', get(`/api/v1/variables/${variable.id}/versions/1`)],
        ['a list with values', get(`/api/v1/environments/${environment.id}/variables`)],
        ['an export as .env', get(`/api/v1/environments/${environment.id}/export`)],
        ['an export as JSON', get(`/api/v1/environments/${environment.id}/export?format=json`)],
        ["KeyNest's variable", () => admin.get(`/api/variables/${number}/`, keynest)],
        ["KeyNest's export", () => admin.get(`${inside}/export/`, keynest)],
        ['a download', () => admin.post(`/api/v1/files/id/${file}/download`, {})],
        ["SERO's download", () => admin.post(`/api/files/id/${file}/download`, {})],
        ['tokens restored', () => admin.post('/api/v1/detokenize', { data: tokens.body.processed_data })],
        ['a chat exported', get(`/api/v1/chats/${chat}/export`)],
        ['all chats exported', get('/api/v1/chats/export')],
      );
    });

    const isShown = (bytes: Buffer): boolean => bytes.includes(SECRET) || bytes.includes(TITLE);

    it('lets each secret out while it can', async () => {
      for (const [what, read] of routes) {
        const { status, bytes } = await read();
        expect([what, status, isShown(bytes)]).toEqual([what, 200, true]);
      }
    });

    it('lets no byte of one out', async () => {
      await asDatabase(
        `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$`,
        'CREATE TRIGGER refuse BEFORE INSERT ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION refuse()',
      );
      try {
        for (const [what, read] of routes) {
          const { status, bytes } = await read();
          expect([what, status >= 500, isShown(bytes)]).toEqual([what, true, false]);
        }
        const { status, bytes } = await admin.get(`${LOGS}/export`);
        expect([status, bytes.includes('leaf_hash')]).toEqual([500, false]);
      } finally {
        await asDatabase('DROP TRIGGER refuse ON audit_logs', 'DROP FUNCTION refuse');
      }
    });
  });

  it('keeps a restored database from starting until somebody says that they know it', async () => {
    await settled();
    await redoubt.stop();
    const postgres = join(redoubt.dataDir, 'postgres');
    const restart = (env: NodeJS.ProcessEnv = {}) =>
      RedoubtProcess.start({ ...settings, ...env }, redoubt.dataDir);
    // Every account can enter, since a database of root's runs as another one.
    const copy = join(folder, 'postgres');
    spawnSync('cp', ['-a', postgres, copy]);
    redoubt = await restart();
    admin = new Client(redoubt.url, redoubt.adminKey);
    await work();
    const lost = await settled();
    const size = async () => (await checkpointNow('log=instance')).size;
    const before = await size();
    for (
      const since = Date.now();
      !readFileSync(checkpointFile, 'utf8').includes(`\n${before}\n`);
      await sleep(100)
    )
      expect(Date.now() - since).toBeLessThan(PATIENCE_MS);
    await redoubt.stop();
    rmSync(postgres, { recursive: true });
    spawnSync('cp', ['-a', copy, postgres]);
    const refused = await restart().catch(({ message }: Error) => message);
    expect(refused).toContain('The database was restored from an older copy');
    const [, code = ''] = /REDOUBT_ACCEPT_RESTORED=([0-9a-f]{16})/.exec(String(refused)) ?? [];
    redoubt = await restart({ REDOUBT_ACCEPT_RESTORED: code });
    admin = new Client(redoubt.url, redoubt.adminKey);
    const [told] = (await admin.get(`${LOGS}?action=audit_log.restored`)).body.data;
    expect(told.counts).toEqual({ expected_size: before, found_size: expect.any(Number) });
    await work();
    await work();
    await settled();
    const { body } = await admin.post(`${LOGS}/verify`, { checkpoint: lost.checkpoint });
    expect(['rewritten', 'ahead']).toContain(body.verdict);
    expect(verifier(await exported(), lost.checkpoint).code).toBe(1);
  });
});
