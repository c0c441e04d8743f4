import { analyze, MOST_REJECTED } from './analysis.js';
import { runToEnd } from './cooperation.js';
import { Detector } from './detector.js';
import { openDocument } from './structure/open-document.js';

type Options = Omit<ConstructorParameters<typeof Detector>[0], 'minScore'>;

function explained(data: Parameters<typeof openDocument>[0], options: Options = {}, format?: 'csv' | 'json') {
  const detector = new Detector({ minScore: 0.4, ...options });
  return runToEnd(analyze(openDocument(data, format), detector, { explain: true }));
}

const reasons = (text: string, options: Options = {}): string[] =>
  (explained(text, options).rejected?.entities ?? []).map(
    ({ type, text: seen, reason, overlappedBy }) =>
      `${type} ${seen} ${[reason, overlappedBy].filter(Boolean).join(' ')}`,
  );

describe('what is not reported is explained', () => {
  it.each([
    ['card 4111 1111 1111 1112', 'CREDIT_CARD 4111 1111 1111 1112 checksum'],
    ['IBAN DE88 3704 0044 0532 0130 00.', 'IBAN_CODE DE88 3704 0044 0532 0130 00 checksum'],
    ['IBAN DE89 3704 0044 0532 01', 'IBAN_CODE DE89 3704 0044 0532 01 form'],
    ['ssn 666-12-3456', 'US_SSN 666-12-3456 form'],
    ['on 31/02/2020', 'DATE_TIME 31/02/2020 form'],
    ['on 2020-02-31.', 'DATE_TIME 2020-02-31 form'],
    ['31 February 2020', 'DATE_TIME 31 February 2020 form'],
    ['ip 192.168.1.300', 'IP_ADDRESS 192.168.1.300 form'],
    ['ip 1:2:3:4:5:6:7', 'IP_ADDRESS 1:2:3:4:5:6:7 form'],
    ['mac ff:ff:ff:ff:ff:ff', 'MAC_ADDRESS ff:ff:ff:ff:ff:ff form'],
    ['ask root@localhost', 'EMAIL_ADDRESS root@localhost form'],
    ['call +999 1234567', 'PHONE_NUMBER +999 1234567 form'],
    ['password: ********', 'PASSWORD ******** form'],
    ['see 5550132', 'PHONE_NUMBER 5550132 score'],
    ['order 555-123-4567', 'PHONE_NUMBER 555-123-4567 negative-context'],
    ['number 5018 0000 0009', 'CREDIT_CARD 5018 0000 0009 no-context'],
  ])('in %j: %s', (text, expected) => expect(reasons(text)).toContain(expected));

  it('by the allow list, and by what was found in its place', () => {
    expect(reasons('ann@example.com', { allowList: ['ann@example.com'] })).toContain(
      'EMAIL_ADDRESS ann@example.com allowed',
    );
    expect(reasons('ann@example.com', { denyList: ['ann@example.com'] })).toContain(
      'EMAIL_ADDRESS ann@example.com overlapped DENY_LIST',
    );
    expect(reasons('https://example.com/4111111111111111')).not.toContain(
      'CREDIT_CARD 4111111111111111 overlapped URL',
    );
  });

  it('with the place of the value, in code points, and never what was found after all', () => {
    const { entities, rejected } = explained({ a: ['😀 card 4111 1111 1111 1112'], ssn: '219-09-9999' });
    expect(rejected?.entities).toContainEqual(
      expect.objectContaining({ path: '/a/0', start: 7, end: 26, type: 'CREDIT_CARD', score: 0 }),
    );
    for (const { path, type, start, end } of entities) {
      expect(rejected?.entities).not.toContainEqual(expect.objectContaining({ path, type, start, end }));
    }
  });

  it('for types that were asked for alone, and only when somebody asks', () => {
    const types = new Set(['EMAIL_ADDRESS']);
    expect(reasons('card 4111 1111 1111 1112', { types })).toEqual([]);
    const detector = new Detector({ minScore: 0.4 });
    expect(runToEnd(analyze(openDocument('card 4111 1111 1111 1112'), detector)).rejected).toBeUndefined();
  });

  it('up to a number, and the rest is counted', () => {
    const { rejected } = explained('see 5550132\n'.repeat(MOST_REJECTED + 7), {
      types: new Set(['PHONE_NUMBER']),
    });
    expect([rejected?.entities.length, rejected?.omitted]).toEqual([MOST_REJECTED, 7]);
  });
});

describe('what is reported is explained', () => {
  it.each([
    ['phone 4155550132', 'phone', 'before'],
    ['4155550132 is my phone', 'phone', 'after'],
  ])('by the word in %j and its place', (text, contextWord, contextPlace) => {
    expect(explained(text).entities).toMatchObject([{ explanation: { contextWord, contextPlace } }]);
  });

  it('by the label, and by the rest of the column', () => {
    expect(explained({ phone: '4155550132' }).entities).toMatchObject([
      { explanation: { contextWord: 'phone', contextPlace: 'label', baseScore: 0.05 } },
    ]);
    const rows = ['415-555-0132', '415-555-0133', '415-555-0134', '4155550135'];
    const [, , , last] = explained(`x,y\n${rows.map((row) => `${row},b`).join('\n')}\n`, {}, 'csv').entities;
    expect(last).toMatchObject({ text: '4155550135', explanation: { contextPlace: 'column' } });
    expect(last?.explanation.contextWord).toBeUndefined();
  });
});
