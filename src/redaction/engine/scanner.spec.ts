import { labelContext } from './labels.js';
import { Scan } from './scan.js';
import { Scanner } from './scanner.js';

function stepsFor(text: string): number {
  const settings = { types: undefined, minScore: 2, allowList: new Set<string>() };
  const scan = new Scan(text, labelContext([]), settings);
  new Scanner(scan).range(0, text.length);
  return scan.steps;
}

const HOSTILE = [
  '@',
  'a@',
  'a@a.',
  '1',
  '1-',
  '1 ',
  '(1',
  '+1',
  '1.1.1.',
  'a.a.a.',
  'a:b:',
  '::',
  'http://',
  '://a:b@',
  'a.com/?',
  '-----BEGIN ',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN PRIVATE KEY-----\nMIIE\n',
  'eyJ',
  'eyJ_',
  'eyJ.',
  'eyJhbGciOiJIUzI1NiJ9.',
  'Smith ',
  'John Smith ',
  "O'",
  'J. ',
  'password=',
  'password="a',
  'a=password:',
  'ghp_',
  'AA:BB:',
  'GB82',
  'May 5 ',
  '))))',
  '\n',
]; // prettier-ignore

describe('work of the scanner', () => {
  it.each(HOSTILE)('grows in step with the text for repeated %j', (unit) => {
    const small = stepsFor(unit.repeat(6_000 / unit.length));
    const large = stepsFor(unit.repeat(48_000 / unit.length));
    expect(large).toBeLessThanOrEqual(small * 8.5 + 1_000);
    expect(small).toBeLessThanOrEqual(6_000 * 24);
  });
});
