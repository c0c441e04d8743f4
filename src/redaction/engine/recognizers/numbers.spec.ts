import { Detector, findAll } from '../detector.js';

const everything = new Detector({ minScore: 0 });
const usual = new Detector({ minScore: 0.4 });

function spans(type: string, text: string, detector = usual): string[] {
  return findAll(detector, { text, labels: [] })
    .filter((finding) => finding.type === type)
    .map(({ start, end }) => text.slice(start, end));
}

function score(type: string, text: string): number {
  return Math.max(
    0,
    ...findAll(everything, { text, labels: [] }).map((one) => (one.type === type ? one.score : 0)),
  );
}

describe('credit cards', () => {
  it.each([
    '4242424242424242',
    '4242 4242 4242 4242',
    '4242-4242-4242-4242',
    '5105105105105100',
    '2223003122003222',
    '3782 822463 10005',
    '6011000990139424',
    '30569309025904',
  ])('are found: %s', (card) => {
    expect(spans('CREDIT_CARD', `paid with ${card}, thanks`)).toEqual([card]);
  });

  it('are found before an expiry date', () => {
    expect(spans('CREDIT_CARD', '4242 4242 4242 4242 12/27')).toEqual(['4242 4242 4242 4242']);
  });

  it.each([
    '4242424242424241',
    '4242 4242-4242 4242',
    '9999999999999995',
    '0000000000000000',
    '42424242424242420',
    'x4242424242424242',
  ])('are not: %s', (text) => {
    expect(spans('CREDIT_CARD', text)).toEqual([]);
  });
});

describe('social security numbers', () => {
  it.each(['123-45-6789', '078-05-1120', '123 45 6789', '219-09-9999'])(
    'of valid form are always found: %s',
    (ssn) => {
      expect(spans('US_SSN', `id ${ssn}.`)).toEqual([ssn]);
    },
  );

  it.each([
    '000-12-3456',
    '666-12-3456',
    '912-34-5678',
    '123-00-4567',
    '123-45-0000',
    '123-45-67890',
    '1123-45-6789',
    '123-45 6789',
  ])('of another form are not: %s', (text) => {
    expect(spans('US_SSN', text, everything)).toEqual([]);
  });

  it('as nine bare digits need a word beside them', () => {
    expect(spans('US_SSN', 'order 219099999 shipped')).toEqual([]);
    expect(spans('US_SSN', 'her social security number is 219099999')).toEqual(['219099999']);
    expect(score('US_SSN', 'ssn 219099999')).toBe(0.4);
  });
});

describe('IBANs', () => {
  it.each([
    'DE89370400440532013000',
    'GB82 WEST 1234 5698 7654 32',
    'NO93 8601 1117 947',
    'MT84MALT011000012345MTLCAST001S',
    'fr14 2004 1010 0505 0001 3m02 606',
  ])('are found: %s', (iban) => {
    expect(spans('IBAN_CODE', `to ${iban}, please`)).toEqual([iban]);
  });

  it.each([
    'DE89370400440532013001',
    'DE8937040044053201300',
    'XX89370400440532013000',
    'GB82 WEST 1234 5698 7654 3',
  ])('are not: %s', (text) => {
    expect(spans('IBAN_CODE', text, everything)).toEqual([]);
  });
});

describe('phone numbers', () => {
  it.each([
    '+49 30 901820',
    '+1 (212) 555-0187',
    '(212) 555-0187',
    '212.555.0187',
    '1-800-555-0199',
    '555-123-4567',
    '020 7946 0018',
    '+46 (0)8 123 456 78',
    '0044 20 7946 0018',
    '(212) 555-0187 ext. 12',
    '01 42 68 53 00',
  ])('are found: %s', (phone) => {
    expect(spans('PHONE_NUMBER', `ring ${phone}.`)).toEqual([phone]);
    expect(score('PHONE_NUMBER', `x\n${phone}\n`)).toBeGreaterThanOrEqual(0.4);
  });

  it('count as weak without a telling form, and are lifted by a word', () => {
    expect(spans('PHONE_NUMBER', 'item 9472 7916')).toEqual([]);
    expect(spans('PHONE_NUMBER', 'phone: 9472 7916')).toEqual(['9472 7916']);
  });

  it.each([
    '2024-05-21',
    '10.20.30.40',
    '1.299.000',
    '4242 4242 4242 4241',
    '25.000 0.000000000000',
    '20240521',
  ])('are not: %s', (text) => {
    expect(spans('PHONE_NUMBER', text)).toEqual([]);
  });
});

describe('dates', () => {
  it.each([
    '2024-02-29',
    '31/12/1999',
    '12/31/99',
    '31.12.1999',
    '2024-03-15T14:30:00.123+02:00',
    '2024-03-15 14:30',
    '5 May 2021',
    '21st of May 2021',
    'May 5, 2021',
    'Sept. 2021',
    '3. Oktober 1990',
    '14 juillet 1989',
    '5-May-2021',
    '21-May',
  ])('are found: %s', (date) => {
    expect(spans('DATE_TIME', `on ${date}, then`)).toEqual([date]);
  });

  it.each([
    '2023-02-29',
    '32/01/2020',
    '13/13/2020',
    '1.2.3',
    '12:34:56',
    '2024-13-01',
    'may 5 of them',
    '1/2/3/4',
  ])('are not: %s', (text) => {
    expect(spans('DATE_TIME', text)).toEqual([]);
  });

  it('of little form score little', () => {
    expect(score('DATE_TIME', 'page 5/21 of it')).toBeLessThan(0.4);
    expect(score('DATE_OF_BIRTH', 'born in 1980')).toBeGreaterThanOrEqual(0.4);
    expect(score('DATE_TIME', 'expires 05/2027')).toBeGreaterThanOrEqual(0.4);
  });
});
