import { newId } from '../../platform/http/ids.js';
import { testCaller } from '../../platform/http/testing/test-caller.js';
import { TokenFixture } from '../../redaction/testing/token-fixture.js';
import { ChatScopes } from './chat-scopes.service.js';
import type { Conversation } from './conversation.js';
import { ConversationsRepository } from './conversations.repository.js';
import { Conversations } from './conversations.service.js';
import { ProjectConversations } from './project-conversations.js';
import { ShieldKeysRepository } from './shield-keys.repository.js';
import { ShieldKeys } from './shield-keys.service.js';
import { UnusedConversations } from './unused-conversations.sweeper.js';

const ADA = { type: 'PERSON_NAME', text: 'Ada Lovelace' };
const BOB = { type: 'EMAIL', text: 'bob@example.com' };

describe('conversations', () => {
  let fixture: TokenFixture;
  let organizationId: string;
  let projectId: string;

  /** Conversations as one process has them. */
  async function process() {
    const parts = await fixture.process();
    const { dataSource } = fixture.database;
    const keys = new ShieldKeys(new ShieldKeysRepository(), fixture.sealer(), parts.work, dataSource);
    const repository = new ConversationsRepository();
    const scopes = new ChatScopes(repository, parts.scopes, keys, parts.work, dataSource);
    return {
      ...parts,
      keys,
      conversations: new Conversations(scopes, parts.tokens),
      sweeper: new UnusedConversations(repository, parts.scopes, parts.work),
      contents: new ProjectConversations(repository, parts.scopes),
    };
  }
  type Process = Awaited<ReturnType<typeof process>>;
  let here: Process;

  const query = <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
    fixture.database.dataSource.query(sql, values);
  const count = async (table: string): Promise<number> =>
    Number(
      (
        await query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE organization_id = $1`, [
          organizationId,
        ])
      )[0]?.n,
    );

  const chat = (
    { conversations }: Process,
    chatId: string | undefined,
    { user = 'user_a', project = projectId as string | undefined, isRehearsal = false } = {},
  ): Conversation =>
    conversations.conversationOf(testCaller(organizationId, user), project, chatId, { isRehearsal });

  /** Tokens of values, stored as a request does. */
  async function tokenize(at: Process, conversation: Conversation, values = [ADA, BOB]): Promise<string[]> {
    const tokens = await conversation.tokens(values);
    const { prepared } = tokens;
    if (prepared) await at.work.run((tx) => at.conversations.store(prepared, tx));
    return values.map((value) => tokens.of(value));
  }

  const codeOf = (token: string | undefined): string => token?.split('-')[1] ?? '';

  beforeAll(async () => {
    fixture = await TokenFixture.start();
    here = await process();
  });
  afterAll(() => fixture?.stop());
  beforeEach(async () => {
    organizationId = await fixture.organization();
    projectId = await fixture.project(organizationId);
  });

  it('share their tokens from request to request and process to process, also at the same time', async () => {
    const there = await process();
    const all = await Promise.all(
      [here, there, here, there, here, there].map((at) => tokenize(at, chat(at, 'chat-1'))),
    );
    expect(new Set(all.map((tokens) => tokens.join())).size).toBe(1);
    expect([await count('conversations'), await count('token_scopes'), await count('token_entries')]).toEqual(
      [1, 1, 2],
    );
    const again = chat(there, 'chat-1');
    const [ada] = all[0] ?? [];
    expect([...(await again.issued([codeOf(ada), 'XXXXXXXXXXXXXXXX']))]).toEqual([[codeOf(ada), ADA]]);
    expect(again.id).toMatch(/^conv_/);
    expect((await again.tokens([ADA])).prepared).toBeUndefined();
  });

  it('are apart by user, project, name and organization', async () => {
    const other = await fixture.project(organizationId);
    const conversations = [
      chat(here, 'a'),
      chat(here, 'b'),
      chat(here, 'a', { user: 'user_b' }),
      chat(here, 'a', { project: other }),
      here.conversations.conversationOf(testCaller(organizationId, 'user_a'), undefined, 'a'),
      chat(here, undefined),
      chat(here, undefined),
    ];
    const tokens = await Promise.all(conversations.map((one) => tokenize(here, one, [ADA])));
    expect(new Set(tokens.flat()).size).toBe(7);
    const [first] = conversations;
    const codes = tokens.flat().map(codeOf);
    expect((await first?.issued(codes))?.size).toBe(1);
    expect(await count('conversations')).toBe(5);
  });

  it('leave no trace of a rehearsal, which shows the tokens that are there', async () => {
    const rehearsal = chat(here, 'x', { isRehearsal: true });
    expect((await rehearsal.tokens([ADA])).of(ADA)).toMatch(/^PERSON_NAME-[0-9A-Z]{16}$/);
    expect([await count('conversations'), await count('token_scopes')]).toEqual([0, 0]);
    const [ada] = await tokenize(here, chat(here, 'x'), [ADA]);
    const again = await chat(here, 'x', { isRehearsal: true }).tokens([ADA, BOB]);
    const [, bob] = await tokenize(here, chat(here, 'x'));
    expect([again.of(ADA), again.of(BOB), again.prepared]).toEqual([ada, bob, undefined]);
  });

  it('know what a client calls them, and people, by keyed digests alone', async () => {
    await tokenize(here, chat(here, 'secret chat name'));
    const [row] = await query<{ reference: Buffer }>(
      'SELECT * FROM conversations WHERE organization_id = $1',
      [organizationId],
    );
    expect(JSON.stringify(row)).not.toContain('secret');
    expect(row?.reference).toHaveLength(32);
    const there = await process();
    const names = await Promise.all(
      [here, there].map(({ keys }) => keys.pseudonymOf(organizationId, 'john@example.com')),
    );
    expect(names[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(names[0]).toBe(names[1]);
    expect(await here.keys.pseudonymOf(await fixture.organization(), 'john@example.com')).not.toBe(names[0]);
  });

  it('go when nobody has used them for 30 days, with all their tokens, and begin anew', async () => {
    const [old] = await tokenize(here, chat(here, 'old'));
    await tokenize(here, chat(here, 'young'));
    await query(`UPDATE conversations SET used_at = now() - interval '31 days' WHERE organization_id = $1`, [
      organizationId,
    ]);
    const there = await process();
    await tokenize(there, chat(there, 'young'));
    await here.sweeper.run(new AbortController().signal);
    expect([await count('conversations'), await count('token_scopes'), await count('token_entries')]).toEqual(
      [1, 1, 2],
    );
    const [anew] = await tokenize(there, chat(there, 'old'));
    expect(anew).not.toBe(old);
  });

  it('go with their project', async () => {
    await tokenize(here, chat(here, 'a'));
    await tokenize(
      here,
      here.conversations.conversationOf(testCaller(organizationId, 'user_a'), undefined, 'a'),
    );
    await here.work.run(async (tx) => {
      await here.contents.delete({ organizationId, projectId }, tx);
      await tx.query('DELETE FROM projects WHERE id = $1', [projectId]);
    });
    expect([await count('conversations'), await count('token_scopes'), await count('token_entries')]).toEqual(
      [1, 1, 2],
    );
  });

  it('tell of an erased value that it was erased, and give it new tokens', async () => {
    const [ada = ''] = await tokenize(here, chat(here, 'e'));
    const [scope] = await query<{ id: string }>('SELECT id FROM token_scopes WHERE organization_id = $1', [
      organizationId,
    ]);
    const [type = '', code = ''] = ada.split('-');
    await here.work.run((tx) =>
      here.tokens.erase({ organizationId, scopeId: scope?.id ?? newId('scope') }, { type, code }, tx),
    );
    expect([...(await chat(here, 'e').issued([code]))]).toEqual([[code, { type, text: undefined }]]);
    const [anew] = await tokenize(here, chat(here, 'e'));
    expect(anew).not.toBe(ada);
  });
});
