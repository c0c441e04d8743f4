import { readSources } from '../test/support/sources.js';
import { TestDatabase } from './platform/database/testing/test-database.js';

/** Sealed columns that no erasure of a value goes through as texts, and why. */
const OTHERS: Readonly<Record<string, string>> = {
  'token_entries.value_sealed': 'ErasableTokens',
  'token_entries.key_sealed': 'ErasableTokens',
  'knowledge_texts.text_sealed': 'ErasableKnowledge',
  'knowledge_vectors.vectors_sealed': 'ErasableKnowledge',
  'knowledge_documents.outline_sealed': 'ErasableKnowledge',
  'users.email_sealed': 'goes with the account, by user_id',
  'users.name_sealed': 'goes with the account, by user_id',
  'users.profile_sealed': 'goes with the account, by user_id',
  'login_tokens.client_sealed': 'goes with the account, by user_id',
  'break_glass.reason_sealed': 'who broke the glass answers for it',
  'variable_versions.value_sealed': 'a secret is destroyed by its version',
  'variable_versions.key_sealed': 'a secret is destroyed by its version',
  'variable_versions.note_sealed': 'a secret is destroyed by its version',
  'configs.value_sealed': 'settings of the instance',
  'grants.sealed': 'a key',
  'token_scopes.key_sealed': 'a key',
  'project_keys.public_sealed': 'a key',
  'project_keys.private_sealed': 'a key',
  'ephemeral_keys.private_sealed': 'a key',
  'upstreams.key_sealed': 'a key',
  'webhook_secrets.secret_sealed': 'a key',
  'shield_keys.key_sealed': 'a key',
  'vaults.key_sealed': 'a key',
  'privacy_ledgers.key_sealed': 'a key',
  'document_lookups.key_sealed': 'a key',
  'user_lookups.key_sealed': 'a key',
  'master_keys.check_sealed': 'a key',
  'files.digest_sealed': 'a digest',
};

const declared = new Set(
  readSources(['src'])
    .filter(({ path }) => path.endsWith('-texts.ts'))
    .flatMap(({ text }) => [
      ...[...text.matchAll(/table: '(\w+)',\s*column: '(\w+)'/g)].map(
        ([, table, column]) => `${table}.${column}`,
      ),
      ...[...text.matchAll(/textOf\('(\w+)'/g)].map(([, column]) => `chat_receipts.${column}`),
      ...[...text.matchAll(/ofBatch\('(\w+)'/g)].map(([, table]) => `${table}.sealed`),
    ]),
);

describe('sealed columns', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.start([]);
  });
  afterAll(() => database.stop());

  it('are each gone through by erasures, or it is said why not', async () => {
    const rows: { name: string }[] = await database.dataSource.query(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
        WHERE table_schema = current_schema() AND data_type = 'bytea' AND column_name LIKE '%sealed' ORDER BY 1`,
    );
    const names = rows.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !declared.has(name) && !Object.hasOwn(OTHERS, name))).toEqual([]);
    expect([...declared, ...Object.keys(OTHERS)].filter((name) => !names.includes(name))).toEqual([]);
    expect(Object.keys(OTHERS).filter((name) => declared.has(name))).toEqual([]);
  });
});
