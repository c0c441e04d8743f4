import * as fc from 'fast-check';
import { EVENT_CATALOGUE } from './event-catalogue.js';
import { checkedPatterns, EVENT_PATTERN, patternsFor } from './event-pattern.js';
import { MOST_BYTES, payloadOf, telling } from './payload.js';

const CREATED = new Date('2026-03-15T10:30:00.000Z');
const named = telling(
  new Map([
    ['doc_a', { name: 'Jane Doe.pdf', standIn: 'doc_a.pdf' }],
    ['user_a', { name: 'jane@example.org', standIn: 'user_a' }],
  ]),
  true,
);

describe('the payload of an event', () => {
  it.each(EVENT_CATALOGUE.map(({ name }) => name))('%s is small, and its subject is in it', (name) => {
    const { example, subject } = EVENT_CATALOGUE.find((event) => event.name === name) ?? {};
    expect(example).toHaveProperty([subject ?? '']);
    const { data } = payloadOf({ name, data: example ?? {}, createdAt: CREATED }, () => 'x'.repeat(255));
    expect(JSON.stringify(data).length).toBeLessThan(MOST_BYTES / 10);
    expect(Object.keys(data)).toEqual(Object.keys(example ?? {}));
  });

  it('has nothing that its example has not, whatever an event holds', () => {
    const events = fc.constantFrom(...EVENT_CATALOGUE);
    fc.assert(
      fc.property(events, fc.dictionary(fc.string(), fc.string()), ({ name, example }, more) => {
        const stored = { ...more, ...example };
        const { data } = payloadOf({ name, data: stored, createdAt: CREATED }, named);
        for (const field of Object.keys(data)) expect(Object.keys(example)).toContain(field);
      }),
    );
  });

  it('has a field that the event does not have as little as one that is another kind of thing', () => {
    const data = { document_id: 'doc_a', project_id: 'proj_a', status: 'uploaded', format: 'pdf', size: 1 };
    const { data: shown } = payloadOf({ name: 'document.uploaded', data, createdAt: CREATED }, named);
    expect(shown).toEqual({ ...data, filename: 'Jane Doe.pdf' });
    const due = { variable: { id: 1, key: 'K', environment_id: 2 }, variable_id: 'var_a' };
    expect(payloadOf({ name: 'variable.rotation_due', data: due, createdAt: CREATED }, named).data).toEqual(
      due,
    );
  });
});

describe('a subscription', () => {
  it('is to everything, a kind or one event, each once', () => {
    expect(checkedPatterns(['document.*', '*', 'job.failed', 'document.*'])).toEqual([
      ...['document.*', '*', 'job.failed'],
    ]);
    expect(patternsFor('document.processed')).toEqual(['*', 'document.*', 'document.processed']);
    for (const { name } of EVENT_CATALOGUE)
      for (const pattern of patternsFor(name)) expect(pattern).toMatch(new RegExp(EVENT_PATTERN, 'u'));
  });

  it('is to nothing that never happens', () => {
    for (const pattern of ['document.vanished', 'nothing.*', 'webhook.pinged'])
      expect(() => checkedPatterns(['*', pattern])).toThrow("'events[1]' must be one of");
  });
});
