import fc from 'fast-check';
import { compileCustomPattern, PatternDeadlineError } from './custom-pattern.js';
import { Detector, type DetectorOptions, findAll, SUPPORTED_TYPES } from './detector.js';
import type { Finding } from './finding.js';

function search(text: string, options: Partial<DetectorOptions> = {}, labels: string[] = []): Finding[] {
  return findAll(new Detector({ minScore: 0.4, ...options }), { text, labels });
}

function found(text: string, options: Partial<DetectorOptions> = {}, labels: string[] = []): string[] {
  return search(text, options, labels).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

const FRAGMENTS = [
  'John Smith',
  'Dr. Ana López',
  '123-45-6789',
  '4111 1111 1111 1111',
  'DE89 3704 0044 0532 0130 00',
  'ann@example.com',
  'https://example.com/a?b=c',
  '::1',
  '10.0.0.1',
  '+49 30 1234567',
  '2024-02-29T10:00:00Z',
  'password=',
  '"hunter2"',
  '-----BEGIN PRIVATE KEY-----',
  '\n',
  ' ',
  '@',
  '.',
  ':',
  '//',
  '(',
  '\u{1F600}',
  '\ud800',
  'é',
  '\0',
  'eyJhbGciOiJub25lIn0.e30.',
  'May 5, 2021',
  'aa:bb:cc:dd:ee:ff',
]; // prettier-ignore

const anyText = fc
  .array(fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 30,
  })
  .map((parts) => parts.join(''));

describe('what the documented samples promise', () => {
  it('finds a name and a social security number', () => {
    const findings = search('My name is John Smith, SSN 123-45-6789');
    expect(findings.map(({ type, start, end }) => [type, start, end])).toEqual([
      ['PERSON', 11, 21],
      ['US_SSN', 27, 38],
    ]);
  });

  it('finds a name, an e-mail address and a phone number, and nothing else', () => {
    const findings = search('Contact John Smith at john@example.com or 555-123-4567');
    expect(findings.map(({ type, start, end }) => [type, start, end])).toEqual([
      ['PERSON', 8, 18],
      ['EMAIL_ADDRESS', 22, 38],
      ['PHONE_NUMBER', 42, 54],
    ]);
    for (const { score } of findings) expect(score).toBeGreaterThanOrEqual(0.4);
  });
});

describe('any text', () => {
  it('gives sorted, disjoint findings inside the text, each with a truthful score', () => {
    const detector = new Detector({
      minScore: 0,
      denyList: ['Smith', '111', 'é'],
      customPatterns: [compileCustomPattern('RUN', '[a-z]{3}\\d*')],
      patternBudgetMs: 60_000,
    });
    const names = new Set([...SUPPORTED_TYPES.map(({ name }) => name), 'RUN']);
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { type, start, end, score, explanation } of findAll(detector, { text, labels: [] })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(names).toContain(type);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(explanation.baseScore).toBeLessThanOrEqual(1);
          last = end;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is searched alike wherever the borders of the ranges fall', () => {
    const detector = new Detector({ minScore: 0.4 });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 32_600, max: 32_780 }), (text, length) => {
        const filler = `${'-'.repeat(length - 1)}\n`;
        const alone = findAll(detector, { text: `--\n${text}`, labels: [] });
        const behind = findAll(detector, { text: filler + text, labels: [] });
        const shifted = alone.map((finding) => ({
          ...finding,
          start: finding.start + length - 3,
          end: finding.end + length - 3,
        }));
        expect(behind).toEqual(shifted);
      }),
      { numRuns: 60 },
    );
  });

  it('never gives a finding below the least score', () => {
    fc.assert(
      fc.property(anyText, fc.double({ min: 0, max: 1, noNaN: true }), (text, minScore) => {
        for (const { score } of search(text, { minScore })) expect(score).toBeGreaterThanOrEqual(minScore);
      }),
      { numRuns: 100 },
    );
  });
});

describe('options', () => {
  it('judges types by least scores of their own, above and below the general one', () => {
    const text = 'Contact John Smith at john@example.com or 555-123-4567';
    const typesAt = (minScore: number, own: [string, number][]) =>
      search(text, { minScore, minScores: new Map(own) }).map(({ type }) => type);
    expect(typesAt(0.4, [['EMAIL_ADDRESS', 1.1]])).toEqual(['PERSON', 'PHONE_NUMBER']);
    expect(typesAt(1.1, [['EMAIL_ADDRESS', 0.4]])).toEqual(['EMAIL_ADDRESS']);
    expect(typesAt(1.1, [])).toEqual([]);
  });

  it('leaves out types that are not asked for', () => {
    expect(found('ann@example.com, 10.1.2.3', { types: new Set(['IP_ADDRESS']) })).toEqual([
      'IP_ADDRESS 10.1.2.3',
    ]);
  });

  it('never reports allowed texts, but their neighbours', () => {
    const allowList = ['help@example.com', 'John Smith'];
    expect(found('help@example.com ann@example.com John Smith', { allowList })).toEqual([
      'EMAIL_ADDRESS ann@example.com',
    ]);
  });

  it('reports the deny list above everything, and the rest of what it cuts', () => {
    const findings = search('Write to ann.bluebird@example.com, not to Bluebirds', {
      denyList: ['bluebird'],
      types: new Set(['EMAIL_ADDRESS']),
    });
    expect(findings.map(({ type, start, end }) => [type, start, end])).toEqual([
      ['EMAIL_ADDRESS', 9, 12],
      ['DENY_LIST', 13, 21],
      ['EMAIL_ADDRESS', 22, 33],
    ]);
    expect(findings[1]?.score).toBe(1);
  });

  it('gives custom patterns score 1, their own name and precedence', () => {
    const customPatterns = [compileCustomPattern('STAFF_ID', 'EMP-\\d{6}')];
    const [finding] = search('see EMP-123456', { customPatterns, types: new Set() });
    expect(finding).toMatchObject({
      type: 'STAFF_ID',
      start: 4,
      end: 14,
      score: 1,
      explanation: { recognizer: 'custom-pattern' },
    }); // prettier-ignore
  });

  it('fails closed when custom patterns use up their time', () => {
    let clock = 0;
    const detector = new Detector({
      minScore: 0.4,
      customPatterns: [compileCustomPattern('SLOW', '(a|b)*c')],
      patternBudgetMs: 100,
      now: () => (clock += 60),
    });
    const text = 'ab'.repeat(200_000);
    expect(() => findAll(detector, { text, labels: [] })).toThrow(PatternDeadlineError);
    expect(() => findAll(detector, { text, labels: [] })).toThrow(/SLOW/);
  });

  it('gives way about every 32 KiB', () => {
    const search = new Detector({ minScore: 0.4 }).find({ text: 'word '.repeat(65_536), labels: [] });
    let pauses = 0;
    while (search.next().done !== true) pauses++;
    expect(pauses).toBeGreaterThanOrEqual(9);
    expect(pauses).toBeLessThanOrEqual(11);
  });
});

describe('labels', () => {
  it.each([
    ['maria', ['first_name', 'first', 'name', 'customers'], 'PERSON maria'],

    ['maria', ['name', 'user'], 'PERSON maria'],
    ['SMITH, JOHN', ['fullName'], 'PERSON SMITH, JOHN'],
    ['219099999', ['ssn'], 'US_SSN 219099999'],
    ['correct horse', ['dbPassword'], 'PASSWORD correct horse'],
    ['4155550132', ['phone', 'contact'], 'PHONE_NUMBER 4155550132'],
  ])('decide for %s under %j', (text, labels, expected) => {
    expect(found(text, {}, labels)).toEqual([expected]);
  });

  it.each([
    ['maria', ['file_name']],
    ['orders', ['name', 'table']],
    ['jdoe', ['user_name', 'user', 'name']],
    ['active', ['status', 'patient']],
    ['Opaque', ['type', 'secret']],
    ['219099999', ['order_id']],
    ['true', ['password']],
    ['n/a', ['name']],
  ])('do not decide for %s under %j', (text, labels) => {
    expect(found(text, {}, labels)).toEqual([]);
  });
});

describe('ordinary text', () => {
  it.each([
    'Release Notes for Version 1.2.3 and 10.2.21',
    'The meeting on Monday in May was moved to September.',
    'GET /api/v1/items/4711 200 12ms at 12:34:56',
    'Privacy Policy, Terms of Service, Getting Started, Quick Start Guide',
    'const total = items.reduce((sum, item) => sum + item.price, 0);',
    'std::vector<int> a; foo::bar(); x ? y : z;',
    'commit 8f14e45fceea167a5a36dedd4bea2543 merged into main',
    'Install Node.js, then run npm install and open README.md in Visual Studio Code.',
    'password: string; token: string; const password = req.body.password;',
    'The API returns HTTP 404 when the Resource is missing.',
    'Width 1920, height 1080, ratio 16/9, price 1,299.00 USD, 50% of 200',
    'May I ask? Will you come? Grace period ends soon.',
  ])('has nothing personal: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
