import { AUDIT_ACTIONS } from '../../src/audit/index.js';
import { parseContracts } from '../../src/docs/index.js';
import { type Contract, operationsOf } from '../support/contract.js';
import { readSources, type Source } from '../support/sources.js';

const product = readSources(['src']).filter(
  ({ path }) => !/spec\.ts$|\/testing\/|\/migrations\/|audit-actions\.ts$/.test(path),
);
const known = [...AUDIT_ACTIONS.keys()];
const contracts = parseContracts(process.cwd()).map(({ document }) => document as unknown as Contract);

/** What is told to listeners, or to a log, without being an entry. */
const NO_ENTRIES = [
  'document.processed',
  'document.failed',
  'password_reset.mail_failed',
  'chat.completed',
  'job.completed',
  'job.failed',
];

/** A text of the form of an action: its last word is in the past. */
const PAST = /'([a-z]+(?:_[a-z]+)*\.(?:\w+_)?(?:[a-z]+ed|left|read|set|reset|logged_(?:in|out)))'/g;

/** The texts of a file's unions of news: `type …News = 'a' | 'b'`, or `news: 'a' | 'b'`. */
const newsIn = ({ text }: Source): string[] =>
  [...text.matchAll(/(?:type \w*News =|\b(?:news|action):)((?:\s*\|?\s*'[a-z_]+')+)/g)].flatMap(
    ([, union = '']) => [...union.matchAll(/'([a-z_]+)'/g)].map(([, word = '']) => word),
  );

/** Actions put together from a resource and its news. */
function composed(source: Source): string[] {
  const stems = [...source.text.matchAll(/`([a-z_]+)\.\$\{(?:news|action)\}`/g)].map(([, stem = '']) => stem);
  const news = newsIn(source);
  return stems.flatMap((stem) =>
    news.length > 0
      ? news.map((word) => `${stem}.${word}`)
      : [`${stem}: no union of its news in ${source.path}`],
  );
}

/** The one resource that is put together. */
const ROTATED = ['organization_key.rotated', 'master_key.rotated'];

const written = product.flatMap((source) => [
  ...[...source.text.matchAll(PAST)].map(([, action = '']) => action),
  ...composed(source),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the source says
  ...(source.text.includes('`${target}_key.rotated`') ? ROTATED : []),
]);

describe('the list of what the audit log can say', () => {
  it('has every action that code writes', () => {
    expect(written.length).toBeGreaterThan(100);
    const missing = written.filter((action) => !known.includes(action) && !NO_ENTRIES.includes(action));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('has none that code never writes', () => {
    expect(known.filter((action) => !written.includes(action))).toEqual([]);
  });

  it('has every action that a file hands to the writer of entries', () => {
    const literal = /\baction: '([^']*\.[^']*)'/g;
    const handed = product
      .filter(({ path }) => !path.startsWith('src/dialects/'))
      .flatMap(({ text }) => [...text.matchAll(literal)].map(([, action = '']) => action));
    expect(handed.length).toBeGreaterThan(15);
    expect(handed.filter((action) => !known.includes(action))).toEqual([]);
  });

  it('names resources in the singular and what happened in the past', () => {
    const wrong = known.filter(
      (action) =>
        !/^[a-z_]+(?<!s)\.(?:[a-z_]+_)?(?:[a-z]+ed|left|read|set|reset|logged_(?:in|out))$/.test(action),
    );
    // Settings are one thing, and glass has no plural here.
    expect(wrong).toEqual(['settings.updated', 'break_glass.opened', 'break_glass.ended']);
  });

  it('has every event that a contract promises, on every surface', () => {
    const promised = contracts.flatMap((contract) =>
      operationsOf(contract).map(({ operation }) => operation['x-audit-event']),
    );
    const events = promised.filter((event): event is string => typeof event === 'string');
    expect(events.length).toBeGreaterThan(30);
    expect(events.filter((action) => !known.includes(action))).toEqual([]);
  });

  it('stands in the contract, by category', () => {
    const operations = contracts.flatMap((contract) => operationsOf(contract));
    const list = operations.find(({ operation }) => operation.operationId === 'audit.listAuditLogs');
    const rows = [...(list?.operation.description ?? '').matchAll(/^\| `(\w+)` \| (.*) \|$/gm)];
    const shown = rows.flatMap(([, category, actions = '']) =>
      [...actions.matchAll(/`([^`]+)`/g)].map(([, action]) => [action, category]),
    );
    expect(shown).toEqual([...AUDIT_ACTIONS]);
  });
});
