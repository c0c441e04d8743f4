import fc from 'fast-check';
import { formsOf } from './secret-forms.js';

const PEM = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----';

describe('the texts a value may stand in', () => {
  it('are one where it is written in one way', () => {
    expect(formsOf('sk_live_4eC39HqLyjWDarjtT1zdp7dc')).toEqual(['sk_live_4eC39HqLyjWDarjtT1zdp7dc']);
  });

  it('leave white space at its ends alone', () => {
    expect(formsOf('  4eC39HqLyjWDarjtT1zd\r\n')).toEqual(['4eC39HqLyjWDarjtT1zd']);
  });

  it('have line ends of every kind, and as JSON writes them', () => {
    const forms = ['\n', '\r\n', '\\n', ''].map((end) => PEM.replaceAll('\n', end));
    expect(formsOf(`${PEM}\n`)).toEqual(forms);
    expect(new Set(formsOf(`${PEM}\n`.replaceAll('\n', '\r\n')))).toEqual(new Set(forms));
  });

  it('are quotes as JSON writes them too', () => {
    expect(formsOf('a"4eC39HqLyjWDarjtT1zd')).toEqual(['a"4eC39HqLyjWDarjtT1zd', 'a\\"4eC39HqLyjWDarjtT1zd']);
  });

  it('hold the password of a connection address, when it is worth looking for by itself', () => {
    const of = (password: string) => `postgresql://app:${password}@db.internal:5432/app`;
    expect(formsOf(of('4eC39HqLyjWDarjtT1zd'))).toEqual([of('4eC39HqLyjWDarjtT1zd'), '4eC39HqLyjWDarjtT1zd']);
    expect(formsOf(of('Xq9vT71'))).toEqual([of('Xq9vT71')]);
  });

  it('are never too short to be looked for', () => {
    expect(formsOf('Xq9!v\nTzr8kL')).toEqual(['Xq9!v\nTzr8kL', 'Xq9!v\r\nTzr8kL', 'Xq9!v\\nTzr8kL']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (value) => {
        for (const form of formsOf(value)) expect(form.length).toBeGreaterThanOrEqual(12);
      }),
    );
  });

  it('are none where ordinary texts hold it too', () => {
    expect(formsOf('localhost:3000')).toEqual([]);
    expect(formsOf('')).toEqual([]);
    expect(formsOf('  \n\n            ')).toEqual([]);
  });
});
