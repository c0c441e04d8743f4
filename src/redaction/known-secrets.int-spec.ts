import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { textPdf } from '../../test/support/sample-pdf.js';
import { RedactedFiles } from '../files/index.js';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { AppError } from '../platform/errors/app-error.js';
import { newId } from '../platform/http/ids.js';
import { listingOf } from '../platform/http/listing.js';
import type { Principal } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { VaultPlanter } from '../secrets/testing/vault-planter.js';
import { BatchService } from './batch.service.js';
import { isRefused } from './batch-documents.service.js';
import { BatchIntake } from './batches/batch-intake.service.js';
import { BatchesService } from './batches/batches.service.js';
import { DEFAULT_LOOK } from './documents/document-policy.js';
import { DocumentProcesses } from './documents/process/document-processes.service.js';
import { presentDetection } from './http/text.presenter.js';
import { PreviewsService } from './previews/previews.service.js';
import { RedactionWorld } from './redactions/testing/redaction-world.js';
import { TextService } from './text.service.js';
import { type GivenOptions, settleOptions } from './text-options.js';

jest.setTimeout(120_000);

const newSecret = (): string => randomBytes(24).toString('base64');
const listing = {
  ...listingOf({ page: 1, page_size: 100, sort: 'position', order: 'asc' }),
  page: { number: 1, size: 100, offset: 0 },
};

describe('an organization’s own values', () => {
  const processes = new DocumentProcesses(
    { REDOUBT_DOCUMENT_PROCESSES: 2 },
    join(__dirname, 'documents', 'process', 'testing', 'child.cjs'),
  );
  let world: RedactionWorld;
  let planter: VaultPlanter;
  let projectId: string;
  let environment: string;
  let secret: string;
  let id: string;

  beforeAll(async () => {
    world = await RedactionWorld.start();
    planter = new VaultPlanter(world.database.dataSource, world.get(Sealer));
    projectId = await world.newProject();
    environment = await planter.environment(world.caller.principal.organizationId, projectId);
    world.redact = ({ bytes, secrets, ...job }, signal) =>
      processes.redact({ ...job, read: async () => bytes, secrets: async () => secrets }, { signal });
  });
  afterAll(async () => {
    processes.onApplicationShutdown();
    await world?.stop();
  });
  beforeEach(async () => {
    secret = newSecret();
    id = await planter.set(environment, `KEY_${randomBytes(4).toString('hex')}`, secret);
  });

  const detect = async (data: string, given: GivenOptions = {}, principal: Partial<Principal> = {}) => {
    const caller: Caller = { ...world.caller, principal: { ...world.caller.principal, ...principal } };
    const options = settleOptions(given);
    const analysis = await world.get(TextService).detect(caller, { data, ...options });
    const shown = { include_positions: true, explain: true, policy: undefined };
    return presentDetection('req', analysis, shown).entities.filter(({ type }) => type === 'VAULT_SECRET');
  };

  const waitFor = async (look: () => Promise<boolean>): Promise<void> => {
    while (!(await look())) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('are detected until they change', async () => {
    const text = `token=${secret};`;
    expect(await detect(text)).toMatchObject([
      { text: secret, start: 6, end: 6 + secret.length, confidence: 1 },
    ]);
    await planter.change(environment, id, newSecret());
    expect(await detect(text)).toEqual([]);
  });

  it('are asked for like other types', async () => {
    const all = { allow_list: [secret], confidence_threshold: 1 };
    expect(await detect(secret, all)).toHaveLength(1);
    expect(await detect(secret, { entities: ['VAULT_SECRET'] })).toHaveLength(1);
    expect(await detect(secret, { entities: ['SSN'] })).toEqual([]);
  });

  it('name their variable to those alone who may read it', async () => {
    const named = async (principal: Partial<Principal>) =>
      (await detect(secret, {}, principal)).map(({ explanation }) => explanation?.variable_id);
    expect(await named({})).toEqual([id]);
    expect(await named({ scopes: ['detect', 'secrets:read'] })).toEqual([id]);
    expect(await named({ scopes: ['detect'] })).toEqual([undefined]);
    expect(await named({ role: 'viewer' })).toEqual([undefined]);
    expect(await named({ role: 'editor', organizationRole: 'viewer' })).toEqual([undefined]);
    expect(await named({ onlyProjectId: projectId })).toEqual([id]);
    expect(await named({ onlyProjectId: 'proj_other' })).toEqual([undefined]);
  });

  it('are replaced in texts and batches, and counted', async () => {
    const options = settleOptions({ method: 'masking' });
    const { processed } = await world
      .get(TextService)
      .process(world.caller, { data: { key: secret }, ...options });
    expect(processed).toEqual({ key: '********' });
    const documents = [{ id: 'a', data: `a,b\n1,${secret}\n`, format: 'csv' as const }];
    const { results } = await world
      .get(BatchService)
      .process(world.caller, { documents, parallel: true, ...settleOptions({}) });
    expect(results).toMatchObject([{ outcome: { processed: 'a,b\n1,[VAULT_SECRET]\n' } }]);
    const rows = await world.query<{ counts: object }>(
      "SELECT counts FROM audit_logs WHERE action IN ('text.processed', 'batch.processed') ORDER BY id DESC LIMIT 2",
    );
    for (const { counts } of rows) expect(counts).toMatchObject({ VAULT_SECRET: 1 });
  });

  it('are replaced in the background by what they are when the work is done', async () => {
    const documents = [{ id: 'a', data: `It is ${secret}.` }];
    const store = await world
      .get(BatchIntake)
      .receive(world.caller, { documents, options: settleOptions({}), sequential: false });
    const job = await world.write(store);
    const batches = world.get(BatchesService);
    const results = async () =>
      (await batches.listResults(world.caller, job.reference.batch_id ?? '', listing)).rows;
    await waitFor(async () => (await results()).length > 0);
    const [result] = await results();
    expect(result && !isRefused(result.outcome) && result.outcome.processed).toBe('It is [VAULT_SECRET].');
  });

  it('are replaced in a document of text, wherever they stand', async () => {
    // Digits and letters to `f`, of which nothing is taken for a name: a name would have the letters around it too.
    const value = randomBytes(24).toString('hex');
    await planter.change(environment, id, value);
    const document = await world.upload(projectId, 'a.csv', `a,b\nx${value}y,2\n"{""k"":""${value}""}",3\n`);
    await world.accept(projectId, { documentIds: [document] });
    await waitFor(async () => (await world.redactedText(document)) !== undefined);
    const text = await world.redactedText(document);
    expect(text).toBe('a,b\nx[VAULT_SECRET]y,2\n"{""k"":""[VAULT_SECRET]""}",3\n');
    expect(await world.audited(document)).toMatchObject([{ counts: { VAULT_SECRET: 2 } }]);
    world.get(DocumentProcesses).inspect = (order, hooks) => processes.inspect(order, hooks);
    const preview = await world.get(PreviewsService).inspect(world.caller, document, { secrets: undefined });
    expect(preview.findings).toMatchObject([{ type: 'VAULT_SECRET' }, { type: 'VAULT_SECRET' }]);
  });

  describe('when somebody guesses at them', () => {
    const guessers = () => [newId('user'), newId('user')] as const;
    const near = () => `${secret.slice(0, 20)}${randomBytes(6).toString('hex')}`;
    const nears = (count: number) => Array.from({ length: count }, near).join(' ');
    const refusal = { code: 'TOO_MANY_GUESSES', row: { status: 429 } };
    const entries = (userId: string) =>
      world.query<{ action: string; counts: object }>(
        'SELECT action, counts FROM audit_logs WHERE user_id = $1 ORDER BY id',
        [userId],
      );
    const guessed = async (userId: string) =>
      (await entries(userId)).filter(({ action }) => action === 'vault.guessed');
    const callerOf = (userId: string): Caller => ({
      ...world.caller,
      principal: { ...world.caller.principal, userId },
    });

    it('answer twenty times an hour and then no more, with one entry in the audit log', async () => {
      const [userId, other] = guessers();
      const options = settleOptions({});
      for (let round = 0; round < 10; round++) expect(await detect(near(), {}, { userId })).toEqual([]);
      expect(await detect(`${secret} ${nears(10)}`, {}, { userId })).toHaveLength(1);
      const refused = detect(near(), {}, { userId }).catch((error: AppError) => error);
      expect(await refused).toMatchObject({ ...refusal, retryAfterSeconds: expect.any(Number) });
      const { retryAfterSeconds = 0 } = (await refused) as AppError;
      expect(retryAfterSeconds).toBeGreaterThan(3_500);
      expect(retryAfterSeconds).toBeLessThanOrEqual(3_600);
      const text = world.get(TextService);
      await expect(text.process(callerOf(userId), { data: near(), ...options })).rejects.toMatchObject(
        refusal,
      );
      const batch = { documents: [{ id: 'a', data: near() }], parallel: true, ...options };
      await expect(world.get(BatchService).process(callerOf(userId), batch)).rejects.toMatchObject(refusal);
      expect(await guessed(userId)).toEqual([{ action: 'vault.guessed', counts: { guesses: 21 } }]);
      const actions = (await entries(userId))
        .map(({ action }) => action)
        .filter((one) => one !== 'vault.guessed');
      expect(actions).toEqual([
        ...Array.from({ length: 12 }, () => 'text.detected'),
        ...['text.processed', 'batch.processed'],
      ]);
      // Whoever guesses nothing is served, and others are.
      expect(await detect(secret, {}, { userId })).toHaveLength(1);
      expect(await detect(near(), {}, { userId: other })).toEqual([]);
      await world.query("UPDATE vault_guesses SET since = since - interval '1 hour' WHERE user_id = $1", [
        userId,
      ]);
      expect(await detect(nears(20), {}, { userId })).toEqual([]);
      await expect(detect(near(), {}, { userId })).rejects.toMatchObject(refusal);
      expect(await guessed(userId)).toHaveLength(2);
    });

    it('are counted in the background, where the work goes on', async () => {
      const [userId] = guessers();
      await world.query("INSERT INTO users (id, organization_id, system_role) VALUES ($1, $2, 'user')", [
        userId,
        world.caller.principal.organizationId,
      ]);
      const documents = [{ id: 'a', data: `${nears(30)} ${secret}` }];
      const order = { documents, options: settleOptions({}), sequential: false };
      const job = await world.write(await world.get(BatchIntake).receive(callerOf(userId), order));
      const results = async () =>
        (await world.get(BatchesService).listResults(callerOf(userId), job.reference.batch_id ?? '', listing))
          .rows;
      await waitFor(async () => (await results()).length > 0);
      const [result] = await results();
      expect(result && !isRefused(result.outcome) && result.outcome.counts).toMatchObject({
        VAULT_SECRET: 1,
      });
      expect(await guessed(userId)).toEqual([{ action: 'vault.guessed', counts: { guesses: 30 } }]);
      await expect(detect(near(), {}, { userId })).rejects.toMatchObject(refusal);
    });
  });

  it('are removed from a PDF, over line ends too', async () => {
    const lines = [
      `The key is ${secret} today.`,
      `And wrapped it is ${secret.slice(0, 16)}`,
      `${secret.slice(16)} here.`,
    ];
    const pdf = await textPdf(lines.map((text, index) => ({ text, x: 50, y: 700 - 20 * index })));
    const document = await world.upload(projectId, 'a.pdf', pdf);
    await world.accept(projectId, { documentIds: [document] });
    await waitFor(async () => (await world.redactedText(document)) !== undefined);
    const place = { organizationId: world.caller.principal.organizationId, documentId: document };
    const { bytes } = await world
      .get(RedactedFiles)
      .openRedacted(place, undefined, world.database.dataSource.manager);
    const found = async (file: Buffer): Promise<number> => {
      const searchTerms = [secret.slice(0, 12), secret.slice(-12)];
      const policy = { searchTerms, regions: [], strict: false, look: DEFAULT_LOOK, placeholders: {} };
      const options = { confidence_threshold: 1, custom_patterns: [], allow_list: [], deny_list: [] };
      const order = { format: 'pdf', name: 'a.pdf', read: async () => file, options, policy };
      return (await processes.inspect(order, { signal: new AbortController().signal })).findings.length;
    };
    expect(await found(pdf)).toBe(4);
    expect(await found(await buffer(bytes))).toBe(0);
    expect(await world.audited(document)).toMatchObject([{ counts: { VAULT_SECRET: 2 } }]);
  });
});
