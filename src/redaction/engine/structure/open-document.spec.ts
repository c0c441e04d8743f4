import { runToEnd } from '../cooperation.js';
import { openDocument } from './open-document.js';

const paths = (document: ReturnType<typeof openDocument>) => [...document.fields()].map(({ path }) => path);
const shout = (document: ReturnType<typeof openDocument>) =>
  runToEnd(document.rewrite(({ value }) => `${value.text}!`));

describe('opening data', () => {
  it('takes a string as text unless told otherwise', () => {
    expect(paths(openDocument('["a"]'))).toEqual([undefined]);
    expect(paths(openDocument('["a"]', 'json'))).toEqual(['/0']);
    expect(paths(openDocument('["a"]', 'csv'))).toEqual(['/0/0']);
  });

  it('walks objects and arrays in format text and json alike', () => {
    for (const format of [undefined, 'text', 'json'] as const) {
      expect(shout(openDocument({ a: ['b'] }, format))).toEqual({ 'a!': ['b!'] });
    }
  });

  it('keeps the type of the data', () => {
    expect(shout(openDocument('["a"]', 'json'))).toBe('["a!"]');
    expect(shout(openDocument('', 'text'))).toBe('!');
  });

  it('says what format csv wants', () => {
    expect(() => openDocument([['a']], 'csv')).toThrow(expect.objectContaining({ code: 'INVALID_CSV' }));
  });
});
