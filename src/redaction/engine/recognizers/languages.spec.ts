import { Detector, findAll } from '../detector.js';

const detector = new Detector({ minScore: 0.4 });

const found = (text: string, ...types: string[]): string[] =>
  findAll(detector, { text, labels: [] })
    .filter(({ type }) => types.includes(type))
    .map(({ start, end }) => text.slice(start, end));

describe('dates in words', () => {
  it.each([
    ['en', 'May 5th, 2021'],
    ['en', '5 May 2021 at 2:30 p.m.'],
    ['en', "March 3, 2020 at 10 o'clock"],
    ['en', '3-5 May 2021'],
    ['en', 'May 3-5, 2021'],
    ['en', '5-May-21'],
    ['en', 'Monday, May 5, 2021'],
    ['en', 'the 5th of May, 2021', '5th of May, 2021'],
    ['de', '1. März 2020'],
    ['de', '24. Dezember 2020 um 18 Uhr'],
    ['de', 'Montag, den 3. März 2020'],
    ['de', '3. bis 5. März 2020'],
    ['de', '12. Jän. 2020'],
    ['de', '1. 3. 2020'],
    ['fr', '1er janvier 2020'],
    ['fr', 'lundi 3 février 2020 à 14h30'],
    ['fr', '12 août'],
    ['fr', '5 févr. 2020'],
    ['es', '3 de mayo de 2021'],
    ['es', '3 de mayo del 2021'],
    ['es', '3 al 5 de mayo de 2021'],
    ['es', '5 dic. 2021'],
    ['it', '1º gennaio 2020'],
    ['it', 'martedì 12 marzo 2020'],
    ['it', '3 ott 2021'],
    ['it', '3 set 2021'],
    ['nl', '5 maart 2021'],
    ['nl', 'vrijdag 5 mrt. 2021 om 15:00 uur'],
    ['pt', '7 de setembro de 2021'],
    ['pt', '1.º de março de 2021'],
    ['pt', '5 out 2021'],
    ['pl', '12 stycznia 2020'],
    ['pl', '3 października 2020'],
    ['pl', 'środa, 12 sierpnia 2020'],
    ['pl', '12 paź 2020'],
    ['zh', '2021年3月5日'],
    ['ko', '2021년 3월 5일'],
  ])('%s: %s', (_, date, expected = date) => {
    expect(found(`x: ${date}. y`, 'DATE_TIME')).toEqual([expected]);
  });

  it.each([
    '5 out of 10',
    '3 set points',
    'vor 3 Sie',
    '7 mag sein',
    'Set 5 of 6',
    '5 may be',
    'bis 10 Uhr',
    "at 10 o'clock",
  ])('not %s', (text) => expect(found(text, 'DATE_TIME')).toEqual([]));
});

describe('dates in digits', () => {
  it.each([
    '31/12/2020',
    '12/31/2020',
    '31.12.2020',
    '31-12-2020',
    '2020/12/31',
    '2020.12.31',
    '31.12.20',
    '31/12/2020 3:30 pm',
  ])('%s', (date) => expect(found(`x ${date} y`, 'DATE_TIME')).toEqual([date]));
});

describe('words for a type, before and after it', () => {
  it.each([
    [
      'PHONE_NUMBER',
      '4155550132',
      [
        'phone',
        'Telefonnummer',
        'téléphone',
        'teléfono',
        'cellulare',
        'telefoonnummer',
        'telemóvel',
        'telefonu',
      ],
    ],
    [
      'CREDIT_CARD',
      '501800000009',
      ['card', 'Kreditkarte', 'carte', 'tarjeta', 'bancomat', 'betaalpas', 'cartão', 'karty'],
    ],
    [
      'DATE_TIME',
      '05/2027',
      ['expires', 'Ablaufdatum', 'expire', 'caduca', 'scadenza', 'vervaldatum', 'validade', 'ważności'],
    ],
    [
      'DATE_OF_BIRTH',
      '1980',
      ['born', 'geboren', 'née', 'nacimiento', 'nascita', 'geboortedatum', 'nascimento', 'urodzenia'],
    ],
    [
      'US_SSN',
      '219099999',
      [
        'SSN',
        'Sozialversicherungsnummer',
        'sécurité',
        'seguro',
        'sociale',
        'sofinummer',
        'segurança',
        'ubezpieczenia',
      ],
    ],
  ])('%s %s', (type, value, words) => {
    for (const word of words) {
      expect([word, found(`${word}: ${value}`, type)]).toEqual([word, [value]]);
      expect([word, found(`${value} (${word})`, type)]).toEqual([word, [value]]);
      expect([word, found(`${value} x${word}x`, type)]).toEqual([word, []]);
    }
    expect(found(value, type)).toEqual([]);
  });

  it.each(['invoice', 'Rechnung', 'facture', 'factura', 'fattura', 'factuur', 'fatura', 'faktura'])(
    'and against it: %s',
    (word) => {
      expect(found(`${word} 415-555-0132`, 'PHONE_NUMBER')).toEqual([]);
      expect(findAll(detector, { text: '415-555-0132', labels: [word] })).toEqual([]);
    },
  );

  it.each(['password', 'Passwort', 'mot de passe', 'contraseña', 'wachtwoord', 'senha', 'hasło'])(
    'passwords: %s',
    (word) => expect(found(`${word}: tr0ub4dor&3`, 'PASSWORD')).toEqual(['tr0ub4dor&3']),
  );
});
