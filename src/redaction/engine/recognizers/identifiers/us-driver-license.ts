import { contextWords } from '../../context.js';
import type { Form, IdentifierType } from './identifier-type.js';

/** Forms of the states' numbers (AAMVA, as the states publish them): with letters, and digits alone. */
const WITH_LETTERS =
  'A9{3,14} A9{18,19} A9{6}R A{2}9{2,7} 9{2}A{3}9{5,6} 9{7,9}A A{2}9{6}A 9{8}A{2} 9{3}A{2}9{4} A9A9A A{3}9{6} A{3}*{2}9{3}A9';
const DIGITS = '9{6,14} 9{16}';

const form =
  (score: number) =>
  (template: string): Form => ({ template, score, withContext: score + 0.4 });

export const US_DRIVER_LICENSE: IdentifierType = {
  name: 'US_DRIVER_LICENSE',
  country: 'US',
  description: 'The number of a US driving licence, beside a word for one.',
  example: 'D4820175',
  context: contextWords(
    'driver drivers license licence licenses dl dmv permit lic driverslicense driverlicense dln cdl driving',
  ),
  forms: [...WITH_LETTERS.split(' ').map(form(0.1)), ...DIGITS.split(' ').map(form(0.01))],
};
