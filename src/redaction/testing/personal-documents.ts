import fc from 'fast-check';

/** A value of a type that is strong enough to be gone from the whole document once it is found anywhere. */
export interface Planted {
  /** How it stands where a detector knows it: with a word for it, where it needs one. */
  readonly introduced: string;
  /** The value in the spellings that people write it in. */
  readonly spellings: readonly string[];
}

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

const luhnDigit = (payload: string): string => {
  const sum = [...payload].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
};

const groups = (text: string, sizes: readonly number[], sign: string): string => {
  const startOf = (index: number) => sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
  return sizes.map((size, index) => text.slice(startOf(index), startOf(index) + size)).join(sign);
};

const card = digits(14).map((middle): Planted => {
  const number = `4${middle}${luhnDigit(`4${middle}`)}`;
  const spellings = [number, groups(number, [4, 4, 4, 4], ' '), groups(number, [4, 4, 4, 4], '-')];
  return { introduced: `card ${number}`, spellings: [...spellings, groups(number, [8, 8], '.')] };
});

const phone = digits(7).map((rest): Planted => {
  const number = `415${rest.replace(/^[01]/, '5')}`;
  const [area, exchange, line] = [number.slice(0, 3), number.slice(3, 6), number.slice(6)];
  return {
    introduced: `phone ${area}-${exchange}-${line}`,
    spellings: [
      number,
      `(${area}) ${exchange}-${line}`,
      `${area}.${exchange}.${line}`,
      `${area} ${exchange} ${line}`,
    ],
  };
});

const ssn = digits(6).map((rest): Planted => {
  const number = `219${rest.replaceAll('0', '7')}`;
  const dashed = groups(number, [3, 2, 4], '-');
  return { introduced: `SSN ${dashed}`, spellings: [number, dashed, groups(number, [3, 2, 4], ' ')] };
});

const email = fc.stringMatching(/^[a-z]{4,9}\d{0,3}$/).map((local): Planted => {
  const address = `${local}@example.com`;
  return {
    introduced: address,
    spellings: [address, address.toUpperCase(), `<${address}>`, `mailto:${address}`],
  };
});

const password = fc.stringMatching(/^[a-z]{3}[0-9]{3}[a-z]{4}$/).map(
  (secret): Planted => ({
    introduced: `password: ${secret}`,
    spellings: [secret, secret.toUpperCase(), `"${secret}"`],
  }),
);

const person = fc.constantFrom('Zebulon Quackenbush', 'Maria Gonzalez', 'John Smith').map(
  (name): Planted => ({
    introduced: `Dr. ${name}`,
    spellings: [name, name.toUpperCase(), name.toLowerCase(), name.replace(' ', '\u00a0')],
  }),
);

export const planted: fc.Arbitrary<Planted> = fc.oneof(card, phone, ssn, email, password, person);

/** Ordinary text in many scripts, with what breaks naive offsets: pairs, marks, joiners, marks of direction. */
export const ordinary: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...[
        'Καλημέρα κόσμε',
        'Привет, мир',
        'שלום עולם',
        '\u200fمرحبا\u200e بالعالم',
        '你好，世界',
        'こんにちは',
        '안녕하세요',
      ],
      ...[
        'สวัสดีชาวโลก',
        '👩‍👩‍👧‍👦',
        '🇩🇪',
        '😀',
        '𝒜𝓁',
        'e\u0301a\u0308',
        '\u2067rtl\u2069',
        '"',
        "'",
        '\\',
        ',',
        ';',
        '{}',
      ],
      ...['the report', 'is due', 'see', 'and', 'of', '\n', '\t', '№ 7', '<b>', '&amp;', '[x]', '_', '/'],
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(' '));
