import { EngineCooperation } from '../../redaction/index.js';
import { around, folded } from './folding.js';

const fold = (text: string) => EngineCooperation.runToEnd(folded(text));

describe('texts as they are compared', () => {
  it.each([
    ['É', 'E\u0301'],
    ['ﬁne', 'FINE'],
    ['Straße', 'STRASSE'],
    ['a \n\t b', 'a b'],
    ['so\u00adft', 'soft'],
    ['ＡＢＣ', 'abc'],
    ['ΟΔΟΣ', 'οδος'],
  ])('make %s and %s one', (one, other) => {
    expect(fold(one).text).toBe(fold(other).text);
  });

  it('keep letters of other scripts that differ in more than an accent', () => {
    expect(fold('कि').text).not.toBe(fold('कु').text);
    expect(fold('が').text).not.toBe(fold('か').text);
  });

  it('do not depend on where pieces end', () => {
    const unit = 'Ça 😀 va  bien ? E\u0301';
    for (let shift = 0; shift < unit.length; shift++) {
      const text = 'x'.repeat(4_090 + shift) + unit.repeat(500);
      expect(fold(text).text).toBe('x'.repeat(4_090 + shift) + 'ca 😀 va bien ? e'.repeat(500));
    }
  });

  it('lead back to the text around a place', () => {
    const text = `${'é  '.repeat(5_000)}needle${' ß'.repeat(5_000)}`;
    const whole = fold(text);
    const near = around(text, whole, whole.text.indexOf('needle'));
    expect(near).toContain(' é  needle ß ß');
    expect(near.length).toBeLessThan(3 * 4_097);
  });
});
