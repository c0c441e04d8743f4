import { analyze } from '../analysis.js';
import { runToEnd } from '../cooperation.js';
import { Detector } from '../detector.js';
import { openDocument } from './open-document.js';

const found = (...[data, format]: Parameters<typeof openDocument>): string[] =>
  runToEnd(analyze(openDocument(data, format), new Detector({ minScore: 0.4 }))).entities.map(
    ({ path = '', part, type, text }) =>
      `${path}${part === undefined ? '' : ` ${part}`} ${type} ${text}`.trim(),
  );

const column = (...cells: string[]): string => cells.map((cell, at) => `"${cell}";${at}`).join('\n');

describe('a table', () => {
  it.each([
    ['ann lee', 'bob ray', 'mary jones', 'john smith', 'xanthe qu'],
    ['ANN LEE', 'BOB RAY', 'MARY JONES', 'JOHN SMITH', 'XANTHE QU'],
    ['lee, ann', 'ray, bob', 'jones, mary', 'smith, john', 'qu, xanthe'],
  ])('holds names in whatever case, also without a header: %s', (...names) => {
    expect(found(column(...names), 'csv')).toEqual(names.map((name, at) => `/${at}/0 PERSON ${name}`));
    expect(found(`name;n\n${column(...names)}`, 'csv')).toEqual(
      names.map((name, at) => `/${at}/name PERSON ${name}`),
    );
    expect(found(`nazwisko;n\n${column(...names)}`, 'csv')).toHaveLength(names.length);
  });

  it.each([
    column('apple tart', 'green tea', 'black coffee', 'brown rice'),
    `city;n\n${column('paris', 'jackson', 'victoria', 'madrid')}`,
    `product_name;n\n${column('victoria', 'madison', 'charlotte', 'jackson')}`,
    column('open', 'closed', 'open', 'open'),
  ])('holds none where other things stand', (text) => expect(found(text, 'csv')).toEqual([]));

  it.each([
    ['EMAIL_ADDRESS', ['a@example.com', 'b@example.com', 'c@example.com'], 'd@example'],
    ['PHONE_NUMBER', ['415-555-0132', '415-555-0133', '415-555-0134'], '555-013'],
    ['US_SSN', ['219-09-9999', '219-09-9998', '219-09-9997'], '219-09-999'],
    ['CREDIT_CARD', ['4111111111111111', '4012888888881881', '4222222222222220'], '4111111111111112'],
    ['IP_ADDRESS', ['10.0.0.1', '10.0.0.2', '10.0.0.3'], '10.0.0.999'],
  ])('shows no %s with a mistake among others', (type, cells, broken) => {
    const rows = found(column(...cells, broken, 'n/a'), 'csv');
    expect(rows.slice(0, 3)).toEqual(cells.map((cell, at) => `/${at}/0 ${type} ${cell}`));
    expect(rows.slice(3)).toEqual([`/3/0 ${type} ${broken}`]);
  });

  it('leaves numbers that a spreadsheet has rounded', () => {
    expect(found('card;n\n4.1111E+15;1\n4.1112E+15;2\n5.5E+15;3\n', 'csv')).toEqual([]);
  });
});

describe('JSON', () => {
  it('hands keys down to what they hold', () => {
    expect(found({ user: { name: { first: 'xanthe', last: 'qu' } } })).toEqual([
      '/user/name/first PERSON xanthe',
      '/user/name/last PERSON qu',
    ]);
    expect(found({ names: ['xanthe', ['qu']], product: { name: { first: 'zebulon' } } })).toEqual([
      '/names/0 PERSON xanthe',
      '/names/1/0 PERSON qu',
    ]);
    expect(found({ contact: { telefon: ['4155550132'] } })).toEqual([
      '/contact/telefon/0 PHONE_NUMBER 4155550132',
    ]);
  });

  it('has data in keys', () => {
    expect(found({ 'john@example.com': 3, '4111111111111111': 'x' })).toEqual([
      '/john@example.com key EMAIL_ADDRESS john@example.com',
      '/4111111111111111 key CREDIT_CARD 4111111111111111',
    ]);
  });

  it('has numbers that are data under their key, and others', () => {
    const numbers = {
      card: 4111111111111111,
      ssn: 219099999,
      phone: 4155550132,
      count: 12345678,
      e: 1e21,
      price: 219099998,
    };
    expect(found(numbers)).toEqual([
      '/card CREDIT_CARD 4111111111111111',
      '/ssn US_SSN 219099999',
      '/phone PHONE_NUMBER 4155550132',
    ]);
    expect(found(JSON.stringify(numbers), 'json')).toEqual(found(numbers));
  });

  it('lists keys and values', () => {
    const entries = [
      { key: 'phone', value: '4155550132' },
      { name: 'ssn', value: 219099999 },
      { field: 'first_name', value: 'xanthe', type: 'text' },
      { label: 'Passwort', content: 'correct horse' },
      { name: 'phone', value: null },
      { key: 'colour', value: 'blue' },
    ];
    expect(found(entries)).toEqual([
      '/0/value PHONE_NUMBER 4155550132',
      '/1/value US_SSN 219099999',
      '/2/value PERSON xanthe',
      '/3/content PASSWORD correct horse',
    ]);
    expect(found(JSON.stringify(entries), 'json')).toEqual(found(entries));
  });
});

describe('text with a form of its own', () => {
  it('names what stands in its lines', () => {
    const lines = [
      'Name: ann lee',
      'First name: xanthe',
      'Nom : dupont',
      'Nachname:\tMüller',
      'nombre = juan pérez',
    ];
    expect(found(lines.join('\n'))).toEqual([
      'PERSON ann lee',
      'PERSON xanthe',
      'PERSON dupont',
      'PERSON Müller',
      'PERSON juan pérez',
    ]);
  });

  it.each([
    'File name: report final',
    'Name: Product Catalog',
    'name: phone',
    'Last name: required',
    'the name: that is it',
    'user=xq42',
  ])('and what does not: %s', (line) => expect(found(line)).toEqual([]));

  it('is a log line or a page', () => {
    expect(
      found('level=info name="ann lee" ip=10.0.0.7 mail=j@example.com tel=+14155550132 user=jdoe'),
    ).toEqual([
      'PERSON ann lee',
      'IP_ADDRESS 10.0.0.7',
      'EMAIL_ADDRESS j@example.com',
      'PHONE_NUMBER +14155550132',
    ]);
    expect(found('<td>john@example.com</td><td>415-555-0132</td>')).toEqual([
      'EMAIL_ADDRESS john@example.com',
      'PHONE_NUMBER 415-555-0132',
    ]);
  });
});
