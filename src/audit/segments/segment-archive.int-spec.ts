import { S3_PROGRAM, S3Server } from '../../../test/support/s3-server.js';
import { describeWith } from '../../../test/support/tools.js';
import type { TestTenant } from '../../crypto/testing/test-tenant.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { S3ObjectStore } from '../../platform/storage/s3.object-store.js';
import { leafHash } from '../log/merkle-hash.js';
import { DueSegmentsRepository } from '../retention/due-segments.repository.js';
import { ArchiveWorld, callerOf, FaultyStore, verdictOf } from '../testing/archive-world.js';
import type { SegmentRecord } from './segment.js';

const UNREADABLE = { code: 'AUDIT_SEGMENT_UNREADABLE' };
const UNAVAILABLE = { code: 'STORAGE_UNAVAILABLE' };
const never = new AbortController().signal;

describe('the archive of an audit log', () => {
  let world: ArchiveWorld;
  let ours: TestTenant;

  beforeAll(async () => {
    world = await ArchiveWorld.start();
  });
  beforeEach(async () => {
    ours = await world.tenant(300, 20);
    await world.log.sequence();
    await world.keep(ours, { audit_retention_days: 30 });
  });
  afterEach(async () => {
    world.store.isDown = false;
    world.store.afterPut = () => {};
    await world.log.query("UPDATE organizations SET settings = '{}'");
    await world.log.query("UPDATE audit_segments SET created_at = now() + interval '1 day'");
  });
  afterAll(() => world.stop());

  const listed = async (tenant: TestTenant): Promise<readonly SegmentRecord[]> => {
    const page = { number: 1, size: 20, offset: 0 };
    const listing = { page, sort: 'created_at', order: 'asc', after: undefined } as const;
    return (await world.segments().list(callerOf(tenant).principal, undefined, undefined, listing)).rows;
  };
  const first = async (tenant: TestTenant): Promise<SegmentRecord & { readonly objectKey: string }> => {
    const [segment] = await listed(tenant);
    if (!segment?.objectKey) throw new Error('nothing was archived');
    return { ...segment, objectKey: segment.objectKey };
  };
  const archived = async (tenant: TestTenant) => {
    await world.run();
    await world.run();
    return first(tenant);
  };
  const idOfLeaf = async ({ organizationId }: TestTenant, leaf: number): Promise<string> => {
    const [found] = await world.log.query<{ id: string }>(
      `SELECT l.id FROM audit_leaves a JOIN audit_logs l USING (number) JOIN audit_trees t ON t.id = a.tree
        WHERE t.organization_id = $1 AND a.leaf = $2`,
      [organizationId, leaf],
    );
    return found?.id ?? '';
  };
  const proofOf = (tenant: TestTenant, id: string) =>
    world.proofs().prove(callerOf(tenant), { log: 'organization', id });
  const bytesOf = async (key: string): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    for await (const piece of await world.store.get(key)) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const loose = () => world.log.query('SELECT FROM loose_objects');

  async function movesAll(tenant: TestTenant): Promise<void> {
    const log = await world.reader().read(tenant.organizationId);
    const old = await Promise.all([255, 1_024].map((size) => log.checkpoint(size)));
    const [id, other] = [await idOfLeaf(tenant, 1_001), await idOfLeaf(tenant, 1_030)];
    const before = (await world.exported(tenant)).split('\n').slice(1, 1_051);
    const segment = await archived(tenant);
    expect(segment).toMatchObject({ status: 'archived', firstLeaf: 0, leaves: 1_024, action: 'archive' });
    expect(segment.takenAt?.getTime()).toBeGreaterThan(segment.announcedAt.getTime());
    expect(await world.rowsOf(tenant)).toBe(log.size - 1_024 + 2);
    const reads = world.store.reads;
    const text = await world.exported(tenant);
    expect([text.split('\n').slice(1, 1_051), world.store.reads - reads]).toEqual([before, 1]);
    for (const checkpoint of old)
      expect(await verdictOf(text, { checkpoint })).toBe(`0 of ${log.size + 2} taken`);
    const part = await world.exportedSegment(tenant, segment.id);
    for (const checkpoint of old) expect(await verdictOf(part, { checkpoint })).toBe('0 of 1024 taken');
    expect(await verdictOf(part.replace('"entities":700', '"entities":701'))).toContain('changed');
    for (const [each, leaf] of [
      [id, 1_001],
      [other, 1_030],
    ] as const) {
      const { entry } = await proofOf(tenant, each);
      expect([entry?.leaf, JSON.parse(entry?.text ?? '').id]).toEqual([leaf, each]);
      expect(leafHash(entry?.text ?? '')).toEqual(entry?.hash);
    }
  }

  it('has entries before they go, and gives them back as they were, wherever they are asked for', async () => {
    const tenant = await world.tenant(1_050, 20);
    await world.log.sequence();
    await world.log.query(
      `UPDATE audit_logs SET sealed_digest = sha256(sealed), sealed = NULL
        WHERE number = (SELECT min(number) FROM audit_logs WHERE organization_id = $1)`,
      [tenant.organizationId],
    );
    await world.keep(tenant, { audit_retention_days: 30 });
    await movesAll(tenant);
    const told = await world.log.query(
      "SELECT counts FROM audit_logs WHERE organization_id = $1 AND action = 'audit_log.exported' AND target_type = 'audit_segment'",
      [tenant.organizationId],
    );
    expect([told, await loose()]).toEqual([[{ counts: { entries: 1_024 } }], []]);
    const { objectKey, sizeBytes } = await first(tenant);
    const sealed = await bytesOf(objectKey);
    expect([sealed.length, sealed.includes('text.processed')]).toEqual([sizeBytes, false]);
  });

  it('leaves entries where they are while the store does not answer, and does all else', async () => {
    const theirs = await world.tenant(300, 20);
    await world.log.sequence();
    await world.keep(theirs, { audit_retention_days: 30, audit_retention_action: 'delete' });
    await world.run();
    const before = world.objects().length;
    world.store.isDown = true;
    await expect(world.run()).rejects.toMatchObject(UNAVAILABLE);
    expect([await world.rowsOf(ours), await world.rowsOf(theirs)]).toEqual([321, 65]);
    expect(await new DueSegmentsRepository().countDue(0, world.log.db)).toBe(1);
    world.store.isDown = false;
    await world.run();
    expect([await world.rowsOf(ours), world.objects().length - before]).toEqual([65, 1]);
    expect(await verdictOf(await world.exported(theirs))).toBe('256 of 321 taken');
    world.store.isDown = true;
    await expect(world.exported(ours)).rejects.toMatchObject(UNAVAILABLE);
    await expect(world.exportedSegment(ours, (await first(ours)).id)).rejects.toMatchObject(UNAVAILABLE);
  });

  it('loses nothing, and leaves nothing lying, when a leader dies between storing and deleting', async () => {
    await world.run();
    let [goOn, put] = [() => {}, (_: string) => {}];
    const stored = new Promise<string>((resolve) => {
      put = resolve;
    });
    world.store.afterPut = (key) => {
      put(key);
      return new Promise<void>((resolve) => {
        goOn = resolve;
      });
    };
    const silent = world.retention().run(never);
    const key = await stored;
    expect([await world.rowsOf(ours), world.objects().includes(key)]).toEqual([321, true]);
    world.store.afterPut = () => {};
    await world.sweep();
    expect(world.objects().includes(key)).toBe(false);
    await world.run();
    // The one that was taken for dead goes on.
    goOn();
    await expect(silent).rejects.toThrow();
    const segment = await first(ours);
    expect([await world.rowsOf(ours), world.objects().includes(segment.objectKey)]).toEqual([65, true]);
    expect([segment.objectKey === key, await loose()]).toEqual([false, []]);
    expect(await verdictOf(await world.exported(ours))).toBe('0 of 321 taken');
  });

  it('is held against the log before anything goes', async () => {
    await world.run();
    const before = world.objects();
    world.store.afterPut = (key) => bytesOf(key).then((bytes) => world.store.exchange(key, flipped(bytes)));
    await expect(world.run()).rejects.toThrow();
    world.store.afterPut = (key) => world.store.delete(key);
    await expect(world.run()).rejects.toThrow();
    expect([await world.rowsOf(ours), world.objects(), await loose()]).toEqual([321, before, []]);
    world.store.afterPut = () => {};
    await world.log.query(
      `UPDATE audit_logs SET user_id = 'user_x' WHERE id = '${await idOfLeaf(ours, 100)}'`,
    );
    await expect(world.run()).rejects.toThrow('they stay');
    expect(await world.rowsOf(ours)).toBe(321);
  });

  it('gives no entry when its object is not what it was, and all of them when it is again', async () => {
    const theirs = await world.tenant(300, 20);
    await world.log.sequence();
    await world.keep(theirs, { audit_retention_days: 30 });
    const id = await idOfLeaf(ours, 7);
    const { id: segment, objectKey } = await archived(ours);
    const [bytes, others] = [await bytesOf(objectKey), await bytesOf((await first(theirs)).objectKey)];
    const longer = Buffer.concat([bytes, Buffer.alloc(1)]);
    for (const wrong of [flipped(bytes), bytes.subarray(0, -1), longer, others, undefined]) {
      if (wrong) await world.store.exchange(objectKey, wrong);
      else await world.store.delete(objectKey);
      await expect(world.exportedSegment(ours, segment)).rejects.toMatchObject(UNREADABLE);
      await expect(proofOf(ours, id)).rejects.toMatchObject(UNREADABLE);
      expect(await verdictOf(await world.exported(ours))).toMatch(/^256 of \d+ taken$/);
    }
    expect(await verdictOf(await world.exported(theirs))).toMatch(/^0 of \d+ taken$/);
    await world.store.exchange(objectKey, bytes);
    expect(await verdictOf(await world.exportedSegment(ours, segment))).toBe('0 of 256 taken');
    expect((await proofOf(ours, id)).entry?.leaf).toBe(7);
  });

  it('takes each segment once, however many lead', async () => {
    await world.run();
    const before = world.objects();
    await Promise.all([world.retention().run(never), world.retention().run(never)]);
    const { objectKey } = await first(ours);
    expect([...before, objectKey].sort()).toEqual(world.objects().sort());
    expect([await world.rowsOf(ours), await loose()]).toEqual([65, []]);
    expect(await verdictOf(await world.exported(ours))).toBe('0 of 321 taken');
  });

  it('does not confuse a database that was restored from before', async () => {
    await world.log.query('CREATE TABLE kept AS SELECT * FROM audit_logs WHERE organization_id = $1', [
      ours.organizationId,
    ]);
    const { objectKey } = await archived(ours);
    await world.log.query('DELETE FROM audit_segments WHERE organization_id = $1', [ours.organizationId]);
    await world.log.query(
      'INSERT INTO audit_logs OVERRIDING SYSTEM VALUE SELECT * FROM kept ON CONFLICT DO NOTHING',
    );
    await world.log.query('DROP TABLE kept');
    expect(await world.rowsOf(ours)).toBe(321);
    const again = await archived(ours);
    expect([again.objectKey === objectKey, await world.rowsOf(ours)]).toEqual([false, 66]);
    expect(await verdictOf(await world.exported(ours))).toBe('0 of 322 taken');
  });

  it('outlives its organization and the keys of it', async () => {
    await world.run();
    const { organizationId } = ours;
    await world.log.query('DELETE FROM data_keys WHERE organization_id = $1', [organizationId]);
    await world.log.query('DELETE FROM organization_keys WHERE organization_id = $1', [organizationId]);
    await world.log.query("UPDATE organizations SET deleted_at = now(), settings = '{}' WHERE id = $1", [
      organizationId,
    ]);
    await world.run();
    expect(await world.archived().read({ ...(await first(ours)), sizeBytes: 1_000_000 })).toHaveLength(256);
  });

  it('is for administrators of the organization, and says why there is no content', async () => {
    await world.run();
    const [announced] = await listed(ours);
    const read = (tenant: TestTenant) => world.exportedSegment(tenant, announced?.id ?? '');
    await expect(read(ours)).rejects.toMatchObject({ code: 'AUDIT_SEGMENT_NOT_TAKEN' });
    await expect(read(await world.log.tenants.add())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { principal } = testCaller(ours.organizationId, ours.userId);
    await expect(world.segments().getArchived(principal, announced?.id ?? '')).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
    });
    await world.log.query("UPDATE audit_segments SET action = 'delete' WHERE id = $1", [announced?.id]);
    await world.run();
    expect(await listed(ours)).toMatchObject([{ status: 'deleted', sizeBytes: null }]);
    await expect(read(ours)).rejects.toMatchObject({ code: 'AUDIT_SEGMENT_DELETED' });
  });
});

const flipped = (bytes: Buffer): Buffer => {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
  return changed;
};

describeWith(S3_PROGRAM, 'the archive of an audit log in S3', () => {
  it('is the same', async () => {
    const [s3, world] = await Promise.all([S3Server.start(), ArchiveWorld.start()]);
    try {
      world.store = new FaultyStore(new S3ObjectStore(s3.settings));
      const tenant = await world.tenant(300, 20);
      await world.log.sequence();
      await world.keep(tenant, { audit_retention_days: 30 });
      await world.run();
      await world.run();
      expect([await world.rowsOf(tenant), s3.list().objects.length]).toEqual([65, 1]);
      expect(await verdictOf(await world.exported(tenant))).toBe('0 of 321 taken');
    } finally {
      await world.stop();
      await s3.stop();
    }
  });
});
