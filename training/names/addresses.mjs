// Postal addresses in the forms that people write, of many countries and of none in particular.

import { anyLocale, fakerOf, latinLocale, listOf } from './locales.mjs';
import { inventedTown } from './towns.mjs';

const TYPES =
  `Street St Road Rd Avenue Ave Boulevard Blvd Lane Ln Drive Dr Court Place Square Way Terrace Parkway Crescent Close Grove Gardens Hill
Row Mews Walk Highway Alley Circle Trail Quay Rise View`.split(/\s+/);
const UNITS = [
  'Apt.',
  'Apt',
  'Suite',
  'Unit',
  'Flat',
  'Apartment',
  '#',
  'Floor',
  'Ste',
  'Room',
  'App.',
  'Bldg',
  'Lot',
  'No.',
  'Whg.',
  'Piso',
  'bus',
];
const COMPASS = ['N', 'S', 'E', 'W', 'NE', 'NW', 'North', 'South', 'East', 'West'];
const STREETS_OF = {
  de: [
    '{l}straße',
    '{l}str.',
    '{l}weg',
    'Am {n}',
    '{c}er Straße',
    '{l}platz',
    '{f}-{l}-Straße',
    'An der {n}',
    '{l}gasse',
    '{l}allee',
    'Unter den {n}',
  ],
  fr: [
    'rue {f} {l}',
    'Rue de {c}',
    'avenue {f} {l}',
    '{n} de la {n}',
    'boulevard {l}',
    'place du {n}',
    'impasse {l}',
    'quai {l}',
    'allée des {n}',
    'Rue Gafsa',
    'chemin de {l}',
  ],
  es: [
    'Calle {f} {l}',
    'C/ {l}',
    'Avenida de {c}',
    'Plaza de {l}',
    'Paseo de {c}',
    'Ronda {l}',
    '{f} {l}',
    'Camino de {c}',
    'Carrer de {l}',
    'Avda. {f} {l}',
  ],
  it: [
    'Via {f} {l}',
    'Via {l}',
    'Piazza {l}',
    'Corso {f} {l}',
    'Viale {l}',
    'Via di {c}',
    'Vicolo {l}',
    'Strada {l}',
    'Largo {l}',
    'Via Nazionale',
  ],
  pt_BR: [
    'Rua {f} {l}',
    'Rua {f} de {l}',
    'Avenida {f} {l}',
    'Travessa {l}',
    'Alameda {l}',
    'Praça {f} {l}',
    'Quadra {l}',
    'Rua {l}',
  ],
  nl: [
    '{l}straat',
    '{l}laan',
    '{l}plein',
    '{l}weg',
    '{l}kade',
    '{l}gracht',
    '{l}singel',
    '{f} {l}straat',
    '{c}seweg',
    '{l}dreef',
    '{l}hof',
  ],
  sv: ['{l}gatan', '{l}vägen', '{l}gränd', 'Norra {l}gatan', '{l} gata', '{n}vägen', '{c}vägen', '{n}backen'],
  da: ['{l}vej', '{l}gade', '{l}stræde', '{n}vænget', '{c}vej', '{l} Allé', '{l} Plads'],
  nb_NO: ['{l}veien', '{l}gata', '{l} vei', '{n}vegen', '{l}bakken', '{c}veien'],
  fi: ['{l}katu', '{l}tie', '{n}kuja', '{c}ntie', '{l}nkatu', '{n}polku'],
  pl: ['ul. {l}', 'ul. {f} {l}', 'al. {l}', 'os. {n}', 'pl. {l}', 'ulica {l}a', 'ul. {n}'],
  cs_CZ: ['{l}ova', 'Na {n}', '{n}ní', 'U {n}', '{c}ká'],
  hu: ['{l} utca', '{l} {f} utca', '{l} út', '{f} tér', '{l} körút', '{n} köz'],
  hr: ['Ulica {f} {l}', '{l}eva', 'Trg {l}', '{c}ka ulica', '{l} put'],
  sl_SI: ['{l} ulica', '{c}ska cesta', '{n} pot', 'Na {n}'],
  en_GB: [
    '{l} {t}',
    '{c} Road',
    'The {n}',
    '{n} {t}',
    'Church {t}',
    'Station Road',
    '{l} Close',
    '{n} View',
    'Old {c} Road',
    'St {f}’s {t}',
  ],
  en: [
    '{l} {t}',
    '{f} {l} {t}',
    '{n} {t}',
    '{l} {t} {d}',
    '{d} {l} {t}',
    '{o} {t}',
    '{n} Hollow',
    'Old {l} {t}',
    'County Road {m}',
    'Route {m}',
    '{d} {o} {t}',
  ],
};
const TREES =
  `Oak Elm Maple Cedar Pine Birch Willow Spruce Chestnut Laurel Mill Lake River Spring Park Church School Castle Market Bridge Meadow Sunset
Orchard Valley Ridge Harbour Garden Rose Lime Linden Forest Fountain Quarry Tower Bell Fox Deer Eagle Countess Bishop Abbey Priory Manor Cottage
Moor Heath Beacon Windmill Kirchen Berg Wiesen Garten Bahnhof Schul Mühlen Rosen Tannen Björk Ek Skog Strand Sol Fjell Koivu Mänty Lipowa Polna Leśna
Słoneczna Mare Monte Sole Fiori Rossi Libertad Sol Luna Flores Pinos Lilas Roses Tilleuls Écoles Gare Moulin`.split(
    /\s+/,
  );
const ORDINALS = [
  '1st',
  '2nd',
  '3rd',
  '4th',
  '5th',
  '12th',
  '23rd',
  '42nd',
  '57th',
  'First',
  'Second',
  'Fifth',
  'Third',
  'Ninth',
];

const number = (random, most = 999) => String(1 + random.below(most));
const houseNumber = (random) => {
  const style = random.below(12);
  const plain = number(random, random.pick([20, 99, 300, 999, 9_999, 29_999]));
  if (style === 0)
    return `${plain}${random.pick(['a', 'b', 'c', 'A', 'B', ' B', 'bis', '/2', '-14', ' II'])}`;
  return style === 1 ? `${number(random, 60)}-${number(random, 99)}` : plain;
};

const cityOf = (locale, random) => {
  const cities = listOf(locale, 'location', 'city_name');
  return random.pick(cities.length > 0 ? cities : listOf('en', 'location', 'city_name'));
};

/** A street's name without its number. */
export function streetName(random, locale = anyLocale(random)) {
  const forms = STREETS_OF[locale] ?? (random.next() < 0.5 ? STREETS_OF.en : undefined);
  const faker = fakerOf(locale, random);
  if (!forms || random.next() < 0.2) {
    const street = faker.location.street();
    return random.next() < 0.1 ? street.toUpperCase() : street;
  }
  return random
    .pick(forms)
    .replace('{f}', () => faker.person.firstName())
    .replace('{l}', () => faker.person.lastName())
    .replaceAll('{n}', () => random.pick(TREES))
    .replace('{c}', () => cityOf(locale, random))
    .replace('{t}', () => random.pick(TYPES))
    .replaceAll('{d}', () => random.pick(COMPASS))
    .replace('{o}', () => random.pick(ORDINALS))
    .replace('{m}', () => number(random, 400));
}

/** A street with its number before it, behind it, or both ways, as mixed lists have it. */
export function street(random, locale = anyLocale(random)) {
  const name = streetName(random, locale);
  const style = random.below(20);
  if (style < 8) return `${houseNumber(random)} ${name}`;
  if (style < 15) return `${name}${random.next() < 0.15 ? ',' : ''} ${houseNumber(random)}`;
  if (style < 17) return `${houseNumber(random)}, ${name}`;
  if (style < 19) return `${houseNumber(random)} ${name} ${houseNumber(random)}`;
  return `${houseNumber(random)} ${random.pick(COMPASS)} ${name}`;
}

const unit = (random) => {
  const value =
    random.next() < 0.8 ? number(random, 999) : `${number(random, 40)}${random.pick(['A', 'B', 'C', 'd'])}`;
  return `${random.pick(UNITS)} ${value}`.replace('# ', '#');
};

export const postBox = (random) =>
  `${random.pick(['P.O. Box', 'PO Box', 'P.O. box', 'Postfach', 'BP', 'Apartado', 'Casella Postale', 'Postbus', 'Box', 'P.O.Box', 'GPO Box'])} ${number(random, 9_999)}`;

export const zip = (random, locale = anyLocale(random)) => {
  if (random.next() < 0.4 || listOf(locale, 'location', 'postcode').length === 0) return random.digits(5);
  const code = fakerOf(locale, random).location.zipCode();
  return random.next() < 0.05 ? code.toLowerCase() : code;
};

const states =
  `AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV
WI WY DC AB BC MB NB ON QC SK NSW VIC QLD WA MI RM TO NA BZ CO`.split(/\s+/);

/** A town as it stands in addresses: at times in capitals. */
export const town = (random, locale = anyLocale(random)) => {
  const style = random.next();
  const city =
    style < 0.6
      ? cityOf(locale, random)
      : style < 0.75
        ? fakerOf(locale, random).location.city()
        : inventedTown(random);
  return random.next() < 0.12 ? city.toUpperCase() : city;
};

export const country = (random) => {
  const locale = random.next() < 0.8 ? 'en' : latinLocale(random);
  const countries = listOf(locale, 'location', 'country');
  return random.pick(countries.length > 0 ? countries : listOf('en', 'location', 'country'));
};

export const state = (random) =>
  random.next() < 0.5
    ? random.pick(listOf('en', 'location', 'state'))
    : (listOf(latinLocale(random), 'location', 'state')[random.below(8)] ??
      random.pick(listOf('en', 'location', 'state')));

/** An address of the US forces abroad (USPS, Publication 28, section 225). */
function military(random) {
  const unit = random.pick([
    () => `PSC ${number(random, 9_999)}, Box ${number(random, 9_999)}`,
    () => `Unit ${number(random, 9_999)} Box ${number(random, 9_999)}`,
    () => `${random.pick(['USS', 'USNS', 'USCGC'])} ${fakerOf('en', random).person.lastName()}`,
    () => `CMR ${number(random, 999)} Box ${number(random, 999)}`,
  ])();
  return [
    unit,
    `${random.pick(['APO', 'FPO', 'DPO'])}${random.pick([' ', ' ', ', '])}${random.pick(['AA', 'AE', 'AP'])} ${random.digits(5)}`,
  ];
}

/** Where two streets meet, with the words that say so: one place. */
export const corner = (random) => {
  const [first, second] =
    random.next() < 0.5 ? [street(random), streetName(random)] : [streetName(random), streetName(random)];
  const named = random.pick([
    `${first} and ${second}`,
    `${first} and ${second}`,
    `${first} & ${second}`,
    `${first}, corner ${second}`,
  ]);
  return `${random.pick(['', '', 'the corner of ', 'the corner of ', 'corner of ', 'the intersection of ', 'the crossing of '])}${named}`;
};

/** The parts of a whole address in the order in which they are written. */
function parts(random, locale) {
  if (random.next() < 0.04) return military(random);
  const first = random.next() < 0.06 ? postBox(random) : street(random, locale);
  const lines = [first];
  if (random.next() < 0.06) lines[0] = `${number(random, 99)} ${lines[0]}`;
  if (random.next() < 0.4) {
    if (random.next() < 0.5) lines[0] = `${first}${random.pick([' ', ', '])}${unit(random)}`;
    else lines.push(unit(random));
  }
  const place = town(random, locale);
  const code = zip(random, locale);
  const abbreviation = random.next() < 0.85 ? random.pick(states) : state(random);
  const style = random.below(14);
  if (style < 4) lines.push(`${place}, ${abbreviation} ${code}`);
  else if (style < 7) lines.push(`${code} ${place}`);
  else if (style < 8) lines.push(`${place} ${code}`);
  else if (style < 9) lines.push(place);
  else if (style < 10) lines.push(place, abbreviation);
  else if (style < 11) lines.push(`${place} ${abbreviation} ${code}`);
  else if (style < 12) lines.push(place, code);
  else if (style < 13) lines.push(`${place}, ${abbreviation}`);
  else lines.push(place, `${abbreviation} ${code}`);
  if (random.next() < 0.55)
    lines.push(
      style >= 8 && style !== 10 && style !== 11 && random.next() < 0.6
        ? `${country(random)} ${code}`
        : country(random),
    );
  return lines;
}

export const address = (random) => {
  if (random.next() < 0.08) return dressed(random, corner(random));
  const locale = anyLocale(random);
  return dressed(
    random,
    joined(random, parts(random, locale), [', ', ', ', ', ', ' ', ' ', ',', ' - ', ' / ', '; ']),
  );
};

export const addressLines = (random) => {
  const locale = anyLocale(random);
  return dressed(
    random,
    joined(random, parts(random, locale), ['\n', '\n', '\n', ',\n', '\n ', '\n, ', '\r\n', '\n\t', ' \n']),
  );
};

/** The same sign between all parts, or here and there another. */
function joined(random, lines, separators) {
  const usual = random.pick(separators);
  const isEven = random.next() < 0.6;
  return lines.reduce(
    (text, line) => text + (isEven || random.next() < 0.4 ? usual : random.pick(separators)) + line,
  );
}

const dressed = (random, text) => {
  const style = random.below(25);
  return style === 0 ? text.toUpperCase() : style === 1 ? text.toLowerCase() : text;
};
