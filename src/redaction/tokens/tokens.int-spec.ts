import fc from 'fast-check';
import { OpenError } from '../../crypto/index.js';
import { newId } from '../../platform/http/ids.js';
import { TokenFixture, type TokenProcess } from '../testing/token-fixture.js';
import type { TokenScope } from './project-tokens.js';
import type { TokenValue } from './token-digests.js';
import { parseToken, type Token } from './token-form.js';

const person = (text: string): TokenValue => ({ type: 'PERSON_NAME', text });
const IDENTITY = 'PERSON_NAME-'.length + 10;

describe('tokens', () => {
  let fixture: TokenFixture;
  let home: TokenProcess;

  beforeAll(async () => {
    fixture = await TokenFixture.start();
    home = await fixture.process();
  });
  afterAll(() => fixture.stop());

  const tokenize = async (scope: TokenScope, values: TokenValue[], at = home): Promise<string[]> => {
    const tokens = await at.work.run((tx) => at.tokens.tokenize(scope, values, tx));
    return values.map((value) => tokens.of(value));
  };
  const restore = async (scope: TokenScope, text: string, at = home) => {
    const { leaves, listed } = await at.tokens.restore(scope, [text]);
    return { text: leaves[0], reasons: listed.map(({ reason }) => reason) };
  };
  const erase = (scope: TokenScope, token: string, at = home) =>
    at.work.run((tx) => at.tokens.erase(scope, parseToken(token) as Token, tx));

  it('restore to exactly what they were made from, for any text', async () => {
    const scope = await fixture.scope(home);
    const type = fc.constantFrom('PERSON_NAME', 'PHONE', 'EMAIL', 'PASSWORD', 'Ticket');
    const text = fc.oneof(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.string({ minLength: 1 }),
      fc.constantFrom('\ud800', '\ufffd', 'a\0b', ' John ', 'JOHN', 'john', 'ﬁ', 'fi'),
    );
    const values = fc.uniqueArray(fc.record({ type, text }), {
      minLength: 1,
      selector: (value) => `${value.type} ${value.text}`,
    });
    await fc.assert(
      fc.asyncProperty(values, async (list) => {
        const tokens = await tokenize(scope, list);
        expect(new Set(tokens).size).toBe(list.length);
        expect(await tokenize(scope, [...list].reverse())).toEqual([...tokens].reverse());
        const { leaves } = await home.tokens.restore(scope, tokens);
        expect(leaves).toEqual(list.map(({ text: value }) => value));
      }),
      { numRuns: 40 },
    );
  });

  it('of one value differ from project to project, and mean nothing in another one', async () => {
    const organizationId = await fixture.organization();
    const projects = [await fixture.project(organizationId), await fixture.project(organizationId)];
    const scopes = await Promise.all(projects.map((project) => home.scopes.open(organizationId, project)));
    const [a, b] = scopes as [TokenScope, TokenScope];
    const values = Array.from({ length: 200 }, (_, index) => person(`Person ${index}`));
    const [mine, theirs] = [await tokenize(a, values), await tokenize(b, values)];
    const heads = (tokens: string[]) => tokens.map((token) => token.slice(0, IDENTITY));
    expect(new Set([...heads(mine), ...heads(theirs)]).size).toBe(400);
    const foreign = await restore(b, mine[0] ?? '');
    expect(foreign).toEqual({ text: mine[0], reasons: ['unknown'] });
    const stranger = { ...a, organizationId: await fixture.organization() };
    expect(await restore(stranger, mine[0] ?? '')).toEqual({ text: mine[0], reasons: ['unknown'] });
  });

  it('of one person’s spellings begin alike, and each restores to its own', async () => {
    const scope = await fixture.scope(home);
    const spellings = ['John Smith', 'JOHN SMITH', 'john  smith', 'Ｊohn Smith'];
    const tokens = await tokenize(scope, spellings.map(person));
    expect(new Set(tokens).size).toBe(4);
    expect(new Set(tokens.map((token) => token.slice(0, IDENTITY))).size).toBe(1);
    const [other] = await tokenize(scope, [person('Jon Smith')]);
    expect(other?.slice(0, IDENTITY)).not.toBe(tokens[0]?.slice(0, IDENTITY));
    expect((await restore(scope, tokens.join(' | '))).text).toBe(spellings.join(' | '));
  });

  it('are the same for all processes that make them at the same time', async () => {
    const processes = [home, await fixture.process(), await fixture.process(), await fixture.process()];
    const scope = await fixture.scope(home);
    for (let round = 0; round < 8; round++) {
      const values = Array.from({ length: 150 }, (_, index) => person(`Person ${round} ${index}`));
      const shuffled = processes.map((_, turn) => [
        ...values.slice(turn * 37),
        ...values.slice(0, turn * 37),
      ]);
      const made = await Promise.all(
        processes.map(async (at, turn) => {
          const list = shuffled[turn] ?? [];
          const tokens = await tokenize(scope, list, at);
          return new Map(list.map(({ text }, index) => [text, tokens[index]]));
        }),
      );
      for (const map of made) expect(new Map([...map].sort())).toEqual(new Map([...(made[0] ?? [])].sort()));
    }
    const [{ count }] = await fixture.database.dataSource.query(
      'SELECT count(*)::int AS count FROM token_entries WHERE scope_id = $1',
      [scope.scopeId],
    );
    expect(count).toBe(8 * 150);
  });

  it('become longer where their code is another’s, and stay exact', async () => {
    const scope = await fixture.scope(home);
    const [token = ''] = await tokenize(scope, [person('Ada Lovelace')]);
    const code = token.slice(token.indexOf('-') + 1);
    await fixture.database.dataSource.query('DELETE FROM token_entries WHERE scope_id = $1', [scope.scopeId]);
    await takeCode(scope, code);
    const [longer = ''] = await tokenize(scope, [person('Ada Lovelace')]);
    expect(longer.startsWith(token)).toBe(true);
    expect(longer).toHaveLength(token.length + 4);
    expect(await tokenize(scope, [person('Ada Lovelace')])).toEqual([longer]);
    expect((await restore(scope, `${longer}, ${longer.toLowerCase()}`)).text).toBe(
      'Ada Lovelace, Ada Lovelace',
    );
    expect(await restore(scope, token)).toEqual({ text: token, reasons: ['erased'] });
  });

  /** An erased entry with a given code, as if another value had come to it first. */
  const takeCode = ({ organizationId, scopeId }: TokenScope, code: string) =>
    fixture.database.dataSource.query(
      `INSERT INTO token_entries (id, organization_id, scope_id, type, code, identity, generation, erased_at)
       VALUES ($1, $2, $3, 'PERSON_NAME', $4, '\\x00', 0, now())`,
      [newId('token'), organizationId, scopeId, code],
    );

  it('of an erased person never resolve again, in any spelling, and come back as others', async () => {
    const scope = await fixture.scope(home);
    const spellings = [person('John Smith'), person('JOHN SMITH')];
    const [first = '', second = ''] = await tokenize(scope, spellings);
    const [bystander = ''] = await tokenize(scope, [person('Ada Lovelace')]);
    expect((await erase(scope, second.toLowerCase())).erased).toBe(2);
    const everywhere = [home, await fixture.process()];
    for (const at of everywhere) {
      expect(await restore(scope, `${first} ${second}`, at)).toEqual({
        text: `${first} ${second}`,
        reasons: ['erased', 'erased'],
      });
      expect((await restore(scope, bystander, at)).text).toBe('Ada Lovelace');
    }
    const anew = await tokenize(scope, spellings);
    expect(new Set([first, second, ...anew].map((token) => token.slice(0, IDENTITY))).size).toBe(2);
    expect((await restore(scope, [first, ...anew].join('|'))).text).toBe(`${first}|John Smith|JOHN SMITH`);
    expect((await erase(scope, anew[0] ?? '')).erased).toBe(2);
    expect((await restore(scope, anew[0] ?? '')).reasons).toEqual(['erased']);
    const [third = ''] = await tokenize(scope, [person('John Smith')]);
    expect([first, anew[0]]).not.toContain(third);
  });

  it('leave nothing of an erased value in the database', async () => {
    const scope = await fixture.scope(home);
    const [token = ''] = await tokenize(scope, [person('John Smith')]);
    await erase(scope, token);
    const [row] = await fixture.database.dataSource.query('SELECT * FROM token_entries WHERE scope_id = $1', [
      scope.scopeId,
    ]);
    expect(row).toMatchObject({ value_sealed: null, key_sealed: null, spelling: null });
    expect(row.erased_at).toEqual(expect.any(Date));
  });

  it('refuse to erase what is unknown, of another type, or erased already', async () => {
    const scope = await fixture.scope(home);
    const [token = ''] = await tokenize(scope, [person('John Smith')]);
    for (const wrong of [
      token.replace('PERSON_NAME', 'EMAIL'),
      `${token.slice(0, -1)}${token.endsWith('0') ? 1 : 0}`,
    ])
      await expect(erase(scope, wrong)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = await fixture.scope(home);
    await expect(erase(other, token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await erase(scope, token);
    await expect(erase(scope, token)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('prepared before an erasure and stored after it belong to the new generation', async () => {
    const scope = await fixture.scope(home);
    const [token = ''] = await tokenize(scope, [person('John Smith')]);
    const late = [person('JOHN SMITH')];
    const prepared = await home.tokens.prepare(scope, late, {});
    await erase(scope, token);
    const stored = await home.work.run((tx) => home.tokens.store(prepared, tx));
    const [anew = ''] = await tokenize(scope, [person('John Smith')]);
    expect(stored.of(late[0] as TokenValue).slice(0, IDENTITY)).toBe(anew.slice(0, IDENTITY));
    expect(anew.slice(0, IDENTITY)).not.toBe(token.slice(0, IDENTITY));
  });

  it('made and erased at the same time never restore after their erasure', async () => {
    const other = await fixture.process();
    const scope = await fixture.scope(home);
    for (let round = 0; round < 25; round++) {
      const [token = ''] = await tokenize(scope, [person('Grace Hopper')]);
      const spelling = person(`GRACE${' '.repeat(round + 1)}HOPPER`);
      const [, made] = await Promise.all([erase(scope, token), tokenize(scope, [spelling], other)]);
      const sameGeneration = made[0]?.slice(0, IDENTITY) === token.slice(0, IDENTITY);
      const { text, reasons } = await restore(scope, made[0] ?? '');
      expect(sameGeneration ? reasons : text).toEqual(sameGeneration ? ['erased'] : spelling.text);
    }
  });

  it.each([
    ['to another entry', 'value_sealed = s.value_sealed', (code: string) => `PERSON_NAME-${code}`],
    [
      'with its key to another entry',
      'value_sealed = s.value_sealed, key_sealed = s.key_sealed',
      (code: string) => `PERSON_NAME-${code}`,
    ],
    ['to another row', "id = t.id || 'x'", (code: string) => `PERSON_NAME-${code}`],
    ['under another token', "code = '0123456789ABCDEF'", () => 'PERSON_NAME-0123456789ABCDEF'],
    ['under another type', "type = 'PHONE'", (code: string) => `PHONE-${code}`],
    ['to another generation', 'generation = t.generation + 1', (code: string) => `PERSON_NAME-${code}`],
  ])('open no value that was moved %s', async (_, change, movedToken) => {
    const scope = await fixture.scope(home);
    const tokens = await tokenize(scope, [person('Ada Lovelace'), person('Grace Hopper')]);
    const [from = '', to = ''] = tokens.map((token) => token.slice(token.indexOf('-') + 1));

    await fixture.database.dataSource.query(
      `UPDATE token_entries t SET ${change} FROM token_entries s WHERE s.code = $1 AND t.code = $2`,
      [from, to],
    );
    await expect(home.tokens.restore(scope, [movedToken(to)])).rejects.toThrow(OpenError);
  });

  it('open in no other scope or organization, even when rows and keys are moved there', async () => {
    const [scope, other] = [await fixture.scope(home), await fixture.scope(home)];
    const [token = ''] = await tokenize(scope, [person('Ada Lovelace')]);
    await fixture.database.dataSource.query(
      'UPDATE token_entries SET scope_id = $1, organization_id = $2 WHERE scope_id = $3',
      [other.scopeId, other.organizationId, scope.scopeId],
    );
    await expect(home.tokens.restore(other, [token])).rejects.toThrow(OpenError);
    await fixture.database.dataSource.query(
      'UPDATE token_scopes t SET key_sealed = s.key_sealed FROM token_scopes s WHERE t.id = $1 AND s.id = $2',
      [other.scopeId, scope.scopeId],
    );
    const fresh = await fixture.process();
    await expect(tokenize(other, [person('Ada Lovelace')], fresh)).rejects.toThrow(OpenError);
  });

  it('are looked for in the project that request or key names, and in no other organization’s', async () => {
    const [organizationId, elsewhere] = [await fixture.organization(), await fixture.organization()];
    const [project, foreign] = [await fixture.project(organizationId), await fixture.project(elsewhere)];
    const owner = { organizationId, defaultProjectId: undefined };
    expect(await home.projects.settle(owner, project, 'tokenization')).toMatchObject({ projectId: project });
    const byKey = await home.projects.settle(
      { ...owner, defaultProjectId: project },
      undefined,
      'tokenization',
    );
    expect(byKey).toEqual(await home.projects.settle(owner, project, 'tokenization'));
    expect(await home.projects.settle(owner, undefined, 'redaction')).toBeUndefined();
    const outcomes = await Promise.all(
      [foreign, newId('proj'), 'proj_', "'--"].flatMap((id) => [
        home.projects.settle(owner, id, 'tokenization').catch((error: unknown) => error),
        home.projects.get(owner, id).catch((error: unknown) => error),
      ]),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ code: 'NOT_FOUND' });
      expect(outcome).toMatchObject({ details: { field: 'project_id', constraint: 'exists' } });
    }
    const refusal = { code: 'VALIDATION_ERROR', details: { field: 'project_id', constraint: 'required' } };
    await expect(home.projects.settle(owner, undefined, 'tokenization')).rejects.toMatchObject(refusal);
    await expect(home.projects.get(owner, undefined)).rejects.toMatchObject(refusal);
  });
});
