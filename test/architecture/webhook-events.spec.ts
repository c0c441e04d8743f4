import { readFileSync } from 'node:fs';
import { EVENT_CATALOGUE } from '../../src/webhooks/index.js';
import { readSources } from '../support/sources.js';

/** Files that write events. */
const writers = readSources(['src']).filter(
  ({ path, text }) =>
    !/spec\.ts$|\/testing\/|^src\/platform\/outbox\//.test(path) && text.includes('EventOutbox'),
);
const names = EVENT_CATALOGUE.map(({ name }) => name);

const matches = (pattern: RegExp): string[] =>
  writers.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, found = '']) => found));

/** Names as they stand there, and the beginnings of those that are put together. */
const literal = matches(/\bname: '([a-z_]+\.[a-z_]+)'/g);
const composed = matches(/\bname(?: =|:) `([a-z_]+)\.\$\{/g);
/** Names that a function is handed. */
const handed = matches(/'((?:resource|chat|project)\.[a-z_]+)'/g);

/** What no file of writers has as a whole: the words that are put together there. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  project: ['created', 'updated', 'archived', 'deleted'],
  variable: ['created', 'updated', 'deleted'],
  user: ['created', 'updated', 'role_changed', 'disabled', 'deleted'],
  job: ['completed', 'failed', 'cancelled'],
  break_glass: ['opened', 'ended'],
};

describe('the catalogue of events', () => {
  it('has every event that code writes', () => {
    expect(literal.length).toBeGreaterThan(8);
    expect(literal.filter((name) => !names.includes(name))).toEqual([]);
    expect([...new Set(composed)].sort()).toEqual(Object.keys(WORDS).sort());
    const whole = Object.entries(WORDS).flatMap(([stem, words]) => words.map((word) => `${stem}.${word}`));
    expect(whole.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has none that code never writes', () => {
    const isWritten = (name: string): boolean => {
      const [stem = '', word = ''] = name.split('.');
      return literal.includes(name) || handed.includes(name) || WORDS[stem]?.includes(word) === true;
    };
    const own = ['resource.created', 'resource.updated', 'resource.deleted', 'webhook.pinged'];
    expect(names.filter((name) => !isWritten(name) && !own.includes(name))).toEqual([]);
  });

  it('stands in the documentation as it is: names, when they happen, and examples', () => {
    const text = readFileSync('docs/webhooks.md', 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z_]+\.[a-z_]+)` \| (.+?) \| (.+?) \| `(\{.*\})` \|$/gm)];
    expect(rows.map(([, name, when, from, data = '']) => [name, when, from, JSON.parse(data)])).toEqual(
      EVENT_CATALOGUE.map(({ name, summary, sources, example }) => [
        name,
        summary,
        sources.join(', '),
        example,
      ]),
    );
  });
});
