import { Detector, type DetectorOptions, findAll } from '../detector.js';
import type { Judge, JudgedSpan } from './judge.js';

const TEXT = 'We met Zorgblat Quimby there. Contact John Smith at john@example.com today.';

/** Knows of every sentence what a look-up in it finds. */
class Knowing implements Judge {
  readonly asked: string[] = [];
  constructor(private readonly names: Readonly<Record<string, string>>) {}

  spansOf(sentence: string): JudgedSpan[] {
    this.asked.push(sentence);
    return Object.entries(this.names).flatMap(([name, type]) => {
      const start = sentence.indexOf(name);
      return start < 0 ? [] : [{ type, start, end: start + name.length, score: 0.95 }];
    });
  }
}

const found = (text: string, judge: Judge, options: Partial<DetectorOptions> = {}, labels: string[] = []) =>
  findAll(new Detector({ minScore: 0.4, judge, ...options }), { text, labels }).map(
    ({ type, start, end }) => `${type} ${text.slice(start, end)}`,
  );

describe('names that a judge is asked about', () => {
  it('take the place of what was found in unsure sentences, and of names alone', () => {
    const judge = new Knowing({ 'Zorgblat Quimby': 'ORGANIZATION' });
    expect(found(TEXT, judge)).toEqual([
      'ORGANIZATION Zorgblat Quimby',
      'PERSON John Smith',
      'EMAIL_ADDRESS john@example.com',
    ]);
    expect(judge.asked).toEqual(['We met Zorgblat Quimby there.']);
  });

  it('stay as they were found while the judge knows nothing', () => {
    const silent: Judge = { spansOf: () => undefined };
    const bare = findAll(new Detector({ minScore: 0.4 }), { text: TEXT, labels: [] });
    expect(findAll(new Detector({ minScore: 0.4, judge: silent }), { text: TEXT, labels: [] })).toEqual(bare);
  });

  it('give way to stronger findings, and heed types, thresholds and the allow list', () => {
    const judge = new Knowing({ 'Zorgblat Quimby': 'PERSON', Zorgblat: 'LOCATION' });
    expect(found(TEXT, judge, { types: new Set(['LOCATION']) })).toEqual(['LOCATION Zorgblat']);
    expect(found(TEXT, judge, { minScore: 0.96 })).not.toContain('PERSON Zorgblat Quimby');
    expect(found(TEXT, judge, { allowList: ['Zorgblat Quimby'] })).not.toContain('PERSON Zorgblat Quimby');
    expect(found(TEXT, judge, { denyList: ['met Zorgblat'] })).toEqual(
      expect.arrayContaining(['DENY_LIST met Zorgblat', 'PERSON Quimby']),
    );
  });

  it('are not asked about where nobody looks for names', () => {
    const judge = new Knowing({});
    found(TEXT, judge, { types: new Set(['EMAIL_ADDRESS']) });
    expect(judge.asked).toEqual([]);
  });

  it('stay where a label says that the value is a name', () => {
    expect(found('Zorgblat Quimby', new Knowing({}), {}, ['full_name'])).toEqual(['PERSON Zorgblat Quimby']);
  });
});
