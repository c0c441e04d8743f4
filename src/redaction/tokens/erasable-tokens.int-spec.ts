import { randomBytes } from 'node:crypto';
import type { ErasureRun } from '../../platform/erasure/erasable-contents.js';
import { PrintSearch, printOf } from '../erasures/value-print.js';
import { TokenFixture, type TokenProcess } from '../testing/token-fixture.js';
import { ErasableTokens } from './erasable-tokens.service.js';
import type { TokenScope } from './project-tokens.js';
import { TokenEntrySealer } from './token-entry.sealer.js';
import { TokensRepository } from './tokens.repository.js';

const NAME = 'Anna Müller';

describe('tokens of an erased value', () => {
  let fixture: TokenFixture;
  let home: TokenProcess;
  let organizationId: string;
  let scopes: TokenScope[];

  beforeAll(async () => {
    fixture = await TokenFixture.start();
    home = await fixture.process();
  });
  afterAll(() => fixture.stop());
  beforeEach(async () => {
    organizationId = await fixture.organization();
    const projects = [await fixture.project(organizationId), await fixture.project(organizationId)];
    scopes = await Promise.all(projects.map((project) => home.scopes.open(organizationId, project)));
  });

  const tokenize = async (scope: TokenScope, type: string, text: string): Promise<string> =>
    home.work.run(async (tx) => (await home.tokens.tokenize(scope, [{ type, text }], tx)).of({ type, text }));
  const restore = async (scope: TokenScope, token: string): Promise<string | undefined> =>
    (await home.tokens.restore(scope, [token])).leaves[0];

  const erase = async (of = organizationId, more: Partial<ErasureRun> = {}): Promise<number> => {
    const { dataSource } = fixture.database;
    const sealer = new TokenEntrySealer(fixture.sealer());
    const tokens = new ErasableTokens(new TokensRepository(), home.scopes, sealer, home.work, dataSource);
    let erased = 0;
    const key = randomBytes(32);
    await tokens.eraseValue(new PrintSearch(printOf(NAME, key), key), {
      ...{ id: 'test', organizationId: of, isRehearsal: false, signal: new AbortController().signal },
      note: async (_, count) => {
        erased += count;
      },
      ...more,
    });
    return erased;
  };
  const generations = (): Promise<{ generation: number }[]> =>
    fixture.database.dataSource.query(
      'SELECT generation FROM token_tombstones WHERE organization_id = $1 ORDER BY scope_id, identity',
      [organizationId],
    );

  it('go in all scopes, whatever their type and spelling, and nobody else’s', async () => {
    const [one, other] = scopes as [TokenScope, TokenScope];
    const gone = [
      await tokenize(one, 'PERSON_NAME', 'ANNA MÜLLER'),
      await tokenize(one, 'ADDRESS', 'Anna Müller, Hauptstr. 5'),
    ];
    const away = await tokenize(other, 'PERSON_NAME', NAME);
    const namesake = await tokenize(one, 'PERSON_NAME', 'Johanna Müller');
    const stranger = await fixture.scope(home);
    const theirs = await tokenize(stranger, 'PERSON_NAME', NAME);
    expect(await erase(organizationId, { isRehearsal: true })).toBe(3);
    expect(await restore(other, away)).toBe(NAME);
    expect(await erase()).toBe(3);
    for (const token of gone) expect(await restore(one, token)).toBe(token);
    expect(await restore(other, away)).toBe(away);
    expect(await restore(one, namesake)).toBe('Johanna Müller');
    expect(await restore(stranger, theirs)).toBe(NAME);
    const kept = await fixture.database.dataSource.query(
      'SELECT FROM token_entries WHERE organization_id = $1 AND erased_at IS NOT NULL AND (key_sealed IS NOT NULL OR value_sealed IS NOT NULL)',
      [organizationId],
    );
    expect(kept).toEqual([]);
  });

  it('stay where a project is under legal hold', async () => {
    const [held, other] = scopes as [TokenScope, TokenScope];
    const tokens = [
      await tokenize(held, 'PERSON_NAME', NAME),
      await tokenize(other, 'PERSON_NAME', NAME),
    ] as const;
    await fixture.database.dataSource.query(
      'UPDATE projects SET legal_hold = true WHERE id = (SELECT project_id FROM token_scopes WHERE id = $1)',
      [held.scopeId],
    );
    expect(await erase()).toBe(1);
    expect(await restore(held, tokens[0])).toBe(NAME);
    expect(await restore(other, tokens[1])).toBe(tokens[1]);
  });

  it('are erased once by several at once, and found no more by a repetition', async () => {
    const [scope] = scopes as [TokenScope];
    const token = await tokenize(scope, 'PERSON_NAME', NAME);
    const counts = await Promise.all([erase(), erase(), erase(), erase()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await erase()).toBe(0);
    expect(await generations()).toEqual([{ generation: 1 }]);
    const fresh = await tokenize(scope, 'PERSON_NAME', NAME);
    expect(fresh).not.toBe(token);
    expect(await restore(scope, fresh)).toBe(NAME);
  });

  it('end with what was done when it is told to stop, and go on from there', async () => {
    const [scope] = scopes as [TokenScope];
    for (const text of [NAME, `${NAME} (1)`, `${NAME} (2)`]) await tokenize(scope, 'PERSON_NAME', text);
    const stop = new AbortController();
    let erased = 0;
    const note = async (_: string, count: number): Promise<void> => {
      erased += count;
      stop.abort(new Error('killed'));
    };
    await expect(erase(organizationId, { signal: stop.signal, note })).rejects.toThrow('killed');
    expect(erased).toBe(1);
    expect(await erase()).toBe(2);
  });
});
