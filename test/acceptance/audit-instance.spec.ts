import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { AuditCollector } from '../support/audit-collector.js';
import { runVerify } from '../support/audit-verifier.js';
import { Client } from '../support/client.js';
import { embeddedUrl } from '../support/database-dump.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { until } from '../support/webhook-home.js';

const LOGS = '/api/v1/audit-logs';

describe("the instance's log", () => {
  const folder = mkdtempSync(join(tmpdir(), 'redoubt-instance-'));
  const outside = join(folder, 'checkpoint');
  const collector = new AuditCollector();
  let redoubt: RedoubtProcess;
  let admin: Client;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({
      ...(await collector.start()),
      REDOUBT_CHECKPOINT_FILE: outside,
    });
    admin = new Client(redoubt.url, redoubt.adminKey);
  });
  afterAll(async () => {
    await redoubt?.dispose();
    collector.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const checkpoint = (query = '') => admin.get(`${LOGS}/checkpoint?${query}`);
  const told = async (action: string) =>
    (await admin.get(`${LOGS}?action=audit_log.${action}`)).body.data.filter(
      ({ target_id }: { target_id: string }) => target_id === 'instance',
    );
  const asDatabase = async (sql: string): Promise<void> => {
    const database = new pg.Client({ connectionString: embeddedUrl(redoubt.dataDir) });
    await database.connect();
    await database.query(sql).finally(() => database.end());
  };
  /** Of what the collector has, and a checkpoint that was kept. */
  const verify = (kept: string, lines = collector.lines) => {
    const [copy, note] = [join(folder, 'copy.jsonl'), join(folder, 'kept')];
    writeFileSync(copy, lines.join(''));
    writeFileSync(note, kept);
    return runVerify(['--stream', copy, '--instance-checkpoint', note]);
  };
  /** The copy, once it has all that a checkpoint of the instance tells of. */
  const verified = (kept: string) =>
    until(async () => {
      const found = verify(kept);
      return found.said.includes('(cut)') ? undefined : found;
    });

  it('and what a collector was sent prove each other, and one that lacks a line does not', async () => {
    const first = await until(() => collector.lines.find((line) => line.startsWith('{"checkpoint":')));
    const kept = (await checkpoint('log=instance')).body.checkpoint;
    const { code, said } = await verified(kept);
    expect([code, said]).toEqual([0, expect.stringContaining('goes on from the checkpoint given')]);
    expect(said).toContain(`key         ${JSON.parse(first).verifier_key}\n`);
    const lines = collector.lines.filter((line) => !line.includes('"leaf":1,"'));
    expect(verify(kept, lines)).toMatchObject({ code: 1, said: expect.stringContaining('(missing)') });
  });

  it('stops no other log when it was changed, keeps what lies outside, and goes on when it was put back', async () => {
    await asDatabase(`
      BEGIN;
      SELECT FROM audit_trees WHERE organization_id IS NULL FOR UPDATE;
      CREATE TABLE kept_trees AS SELECT * FROM audit_trees WHERE organization_id IS NULL;
      UPDATE audit_trees SET size = 1, edge = sha256('') WHERE organization_id IS NULL;
      COMMIT`);
    const refused = await until(async () => {
      await admin.post('/api/v1/detect', { data: 'x' });
      const answer = await checkpoint('log=instance');
      return answer.status === 409 ? answer : undefined;
    });
    expect(refused.body.error.code).toBe('AUDIT_LOG_QUARANTINED');
    const [entry] = await until(async () =>
      (await told('quarantined')).length > 0 ? told('quarantined') : undefined,
    );
    const note = readFileSync(outside, 'utf8');
    const before = (await checkpoint()).body.size;
    await admin.post('/api/v1/detect', { data: 'x' });
    await until(async () => (await checkpoint()).body.size > before);
    expect((await admin.get(`${LOGS}/proof?id=${entry.id}`)).status).toBe(200);
    expect(readFileSync(outside, 'utf8')).toBe(note);
    // The row as it was: it had not grown since.
    await asDatabase(
      'UPDATE audit_trees t SET size = k.size, edge = k.edge FROM kept_trees k WHERE t.id = k.id; DROP TABLE kept_trees',
    );
    await until(async () => (await told('released')).length > 0);
    await until(() => readFileSync(outside, 'utf8') !== note);
    const { code, said } = await verified((await checkpoint('log=instance')).body.checkpoint);
    expect([code, said]).toEqual([0, expect.not.stringContaining('NOT VERIFIED')]);
  });
});
