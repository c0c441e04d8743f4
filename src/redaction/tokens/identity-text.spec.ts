import { identityText } from './identity-text.js';

const same = (type: string, ...texts: string[]) =>
  new Set(texts.map((text) => identityText(type, text))).size;

describe('the identity of a value', () => {
  it.each<[string, ...string[]]>([
    ['PERSON_NAME', 'John Smith', 'JOHN  SMITH', 'ｊｏｈｎ\nsmith', ' john smith'],
    ['PERSON_NAME', 'Straße', 'STRASSE'],
    ['EMAIL', 'John@Example.com', 'john@example.com'],
    ['PHONE', '555-123-4567', '(555) 123 4567', '555.123.4567', '５５５１２３４５６７'],
    ['SSN', '123-45-6789', '123 45 6789', '123456789'],
    ['CREDIT_CARD', '4111 1111 1111 1111', '4111-1111-1111-1111'],
    ['IBAN_CODE', 'DE44 5001 0517 5407 3249 31', 'de44500105175407324931'],
    ['MAC_ADDRESS', '00:1A:2b:3c:4d:5e', '001a.2b3c.4d5e'],
  ])('is one for the spellings of one %s', (type, ...texts) => {
    expect(same(type, ...texts)).toBe(1);
  });

  it.each<[string, string, string]>([
    ['PERSON_NAME', 'John Smith', 'Jon Smith'],
    ['PHONE', '1-800-FLOWERS', '1-800-CONTACTS'],
    ['PHONE', '555-123-4567 ext 1', '555-123-4567 ext 2'],
    ['PHONE', '+', '-'],
    ['PASSWORD', 'Secret', 'secret'],
    ['URL', 'https://example.com/A', 'https://example.com/a'],
    ['TICKET', 'AB-1', 'AB1'],
  ])('of %s %s is not that of %s', (type, a, b) => {
    expect(same(type, a, b)).toBe(2);
  });
});
