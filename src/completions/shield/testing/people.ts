import type { Random } from './random.js';

const FIRST =
  'Amelia Bogdan Chiara Dmitri Eleonora Fatima Giovanni Hannah Ingrid Joaquin Katarina Leonardo Margaret'.split(
    ' ',
  );
const LAST =
  'Anderson Bergström Castellano Dubois Eriksson Fernandez Goldberg Hoffmann Ivanova Johansson Kowalski'.split(
    ' ',
  );

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.below(10)).join('');

/** A number that passes Luhn's check. */
function cardOf(random: Random): string {
  const body = `4${digits(random, 14)}`;
  const sum = [...body].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

const MAKERS: readonly (readonly [type: string, make: (random: Random) => string])[] = [
  ['PERSON_NAME', (random) => `${random.pick(FIRST)} ${random.pick(LAST)}`],
  ['EMAIL', (random) => `${random.pick(FIRST).toLowerCase()}.${digits(random, 6)}@example.com`],
  ['SSN', (random) => `${100 + random.below(565)}-${10 + random.below(89)}-${1000 + random.below(8999)}`],
  ['CREDIT_CARD', cardOf],
  ['PHONE', (random) => `+1 212-555-${1000 + random.below(8999)}`],
];

export interface PlantedValue {
  readonly type: string;
  readonly text: string;
}

/** A value that the engine finds wherever it stands. */
export function anyValue(random: Random): PlantedValue {
  const [type, make] = random.pick(MAKERS);
  return { type, text: make(random) };
}

/** A value that is hard to carry through JSON. */
export const trickyValue = (random: Random): PlantedValue => ({
  type: random.pick(['PERSON_NAME', 'Custom_1', 'LITERAL']),
  text: `${random.pick(['"', '\\', '\n', '{', '[', '\u2028', '👩🏽‍🚀', '\u0000', '</script>', '\\"'])}${random.pick(FIRST)}${random.pick(['"', '\\', '\t', '}', '\\u0041', '\ud800', ''])}${random.below(1e6)}`,
});
