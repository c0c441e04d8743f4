// What stands in a template's slots.
import {
  address,
  addressLines,
  corner,
  country,
  postBox,
  state,
  street,
  streetName,
  town,
  zip,
} from './addresses.mjs';
import {
  club,
  court,
  hospital,
  longOrganization,
  ministry,
  organization,
  school,
  university,
} from './brands.mjs';
import { anyLocale, fakerOf, latinLocale } from './locales.mjs';
import { NATIONS, PEOPLES, REGIONS, TITLES } from './words.mjs';

const capitals = (text) => text.toUpperCase();
const initial = (random) => 'ABCDEFGHIJKLMNOPRSTVW'[random.below(21)];

const firstName = (random, locale = anyLocale(random)) => {
  const faker = fakerOf(locale, random);
  const name = faker.person.firstName();
  if (random.next() < 0.04) return `${name}-${faker.person.firstName()}`;
  return name;
};

const PARTICLES = [
  'van',
  'de',
  'von',
  'van der',
  'de la',
  'di',
  'da',
  'dos',
  'del',
  'al-',
  'el-',
  "O'",
  "D'",
  'Mc',
  'Mac',
  'ter',
  'zu',
  'du',
  'St.',
  'bin',
  'Ben',
];

/** A family name; now and then with a particle, doubled, or put together from parts, so that forms count and not lists. */
function lastName(random, locale = anyLocale(random)) {
  const name = fakerOf(locale, random).person.lastName();
  const style = random.below(40);
  if (style === 0) return `${name}-${fakerOf(locale, random).person.lastName()}`;
  if (style === 1) {
    const particle = random.pick(PARTICLES);
    return /['-]$|c$/.test(particle) ? `${particle}${name}` : `${particle} ${name}`;
  }
  return name;
}

const FULL = [
  ...Array(14).fill((r, l) => `${firstName(r, l)} ${lastName(r, l)}`),
  ...Array(3).fill((r, l) => `${firstName(r, l)} ${initial(r)}. ${lastName(r, l)}`),
  (r, l) => `${firstName(r, l)} ${initial(r)} ${lastName(r, l)}`,
  (r, l) => `${firstName(r, l)} ${firstName(r, l)} ${lastName(r, l)}`,
  (r, l) => `${initial(r)}. ${lastName(r, l)}`,
  (r, l) => `${initial(r)}. ${initial(r)}. ${lastName(r, l)}`,
  (r, l) => `${firstName(r, l)} ${lastName(r, l)} ${lastName(r, l)}`,
  (r, l) => `${firstName(r, l)} ${lastName(r, anyLocale(r))}`,
  (r, l) => `${firstName(r, l)} ${lastName(r, anyLocale(r))}`,
  (r, l) =>
    `${firstName(r, l)} ${lastName(r, l)}${r.pick([' Jr.', ', Jr.', ' III', ' II', ' Sr.', ' PhD', ', MD', ' MD', ', RN', ' DDS', ', Esq.', ' Jr', ', Ph.D.'])}`,
];
const fullName = (random) => random.pick(FULL)(random, anyLocale(random));

const cased = (random, text) => {
  const style = random.below(33);
  return style === 0 ? text.toUpperCase() : text;
};

const place = (random) => cased(random, town(random, anyLocale(random)));
const group = (random, list) => (random.next() < 0.04 ? random.pick(list).toLowerCase() : random.pick(list));
const words = (random) => fakerOf('en', random);
const two = (value) => String(value).padStart(2, '0');

const dates = [
  (r) => `${two(1 + r.below(28))}/${two(1 + r.below(12))}/${1930 + r.below(96)}`,
  (r) => `${1930 + r.below(96)}-${two(1 + r.below(12))}-${two(1 + r.below(28))}`,
  (r) => `${1 + r.below(28)} ${words(r).date.month()} ${1930 + r.below(96)}`,
  (r) => `${words(r).date.month()} ${1 + r.below(28)}, ${1930 + r.below(96)}`,
  (r) => `${1 + r.below(28)}.${1 + r.below(12)}.${1930 + r.below(96)}`,
  (r) => `${words(r).date.month()} ${1 + r.below(28)}`,
];
const phones = [
  (r) => `+${1 + r.below(99)} ${r.digits(3)} ${r.digits(3)} ${r.digits(4)}`,
  (r) => `(${r.digits(3)}) ${r.digits(3)}-${r.digits(4)}`,
  (r) => `0${r.digits(2)} ${r.digits(8)}`,
  (r) => `${r.digits(3)}-${r.digits(3)}-${r.digits(4)}`,
];
const ids = [
  (r) => `${initial(r)}${initial(r)}-${r.digits(5)}`,
  (r) => `${initial(r)}${r.digits(7)}`,
  (r) => `#${r.digits(6)}`,
  (r) => `${r.digits(4)}/${r.digits(2)}`,
];
const NOUNS = (r) => words(r).word.noun();
const upperFirst = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const codeName = (r) => {
  const parts = [words(r).hacker.verb(), words(r).hacker.noun(), words(r).word.noun()]
    .join(' ')
    .split(/\W+/)
    .slice(0, 2 + r.below(2));
  return r.next() < 0.5
    ? parts.join('_')
    : parts.map((part, index) => (index === 0 ? part : upperFirst(part))).join('');
};

/** Slot → the type it is labelled with (none when absent), or the type that a pattern finds there, and what makes its text. */
export const SLOTS = {
  name: { type: 'PERSON', make: (r) => cased(r, fullName(r)) },
  first: { type: 'PERSON', make: (r) => cased(r, firstName(r)) },
  last: { type: 'PERSON', make: (r) => cased(r, lastName(r)) },
  last_first: {
    type: 'PERSON',
    make: (r) =>
      ((l) => `${lastName(r, l)}, ${firstName(r, l)}${r.next() < 0.3 ? ` ${initial(r)}.` : ''}`)(
        anyLocale(r),
      ),
  },
  initials_last: {
    type: 'PERSON',
    make: (r) => `${initial(r)}. ${r.next() < 0.4 ? `${initial(r)}. ` : ''}${lastName(r)}`,
  },
  first_initial: { type: 'PERSON', make: (r) => `${firstName(r)} ${initial(r)}.` },
  lname: { type: 'PERSON', make: (r) => fullName(r).toLowerCase() },
  lfirst: { type: 'PERSON', make: (r) => firstName(r, latinLocale(r)).toLowerCase() },
  uname: { type: 'PERSON', make: (r) => capitals(fullName(r)) },
  title: { type: 'TITLE', make: (r) => r.pick(TITLES) },
  city: { type: 'LOCATION', make: place },
  state: { type: 'LOCATION', make: (r) => cased(r, state(r)) },
  country: { type: 'LOCATION', make: (r) => cased(r, country(r)) },
  region: { type: 'LOCATION', make: (r) => cased(r, r.pick(REGIONS)) },
  city_country: {
    type: 'LOCATION',
    make: (r) => `${place(r)}${r.pick([', ', ', ', ', ', ' '])}${r.next() < 0.6 ? country(r) : state(r)}`,
  },
  street: { type: 'ADDRESS', make: (r) => (r.next() < 0.12 ? streetName(r) : street(r)) },
  corner: { type: 'ADDRESS', make: corner },
  address: { type: 'ADDRESS', make: address },
  address_lines: { type: 'ADDRESS', make: addressLines },
  zip: { type: 'ADDRESS', make: zip },
  pobox: { type: 'ADDRESS', make: postBox },
  org: { type: 'ORGANIZATION', make: (r) => cased(r, organization(r)) },
  org_long: { type: 'ORGANIZATION', make: (r) => cased(r, longOrganization(r)) },
  hospital: { type: 'ORGANIZATION', make: hospital },
  school: { type: 'ORGANIZATION', make: school },
  university: { type: 'ORGANIZATION', make: university },
  court: { type: 'ORGANIZATION', make: court },
  club: { type: 'ORGANIZATION', make: club },
  ministry: { type: 'ORGANIZATION', make: ministry },
  nrp: { type: 'NRP', make: (r) => group(r, NATIONS) },
  nrps: { type: 'NRP', make: (r) => group(r, PEOPLES) },
  date: { pattern: 'DATE_TIME', make: (r) => r.pick(dates)(r) },
  weekday: { make: (r) => words(r).date.weekday() },
  month: { make: (r) => words(r).date.month() },
  year: { make: (r) => String(1930 + r.below(100)) },
  time: { make: (r) => `${r.below(24)}:${two(r.below(60))}${r.pick(['', '', ' am', ' PM', ' Uhr', 'h'])}` },
  age: { make: (r) => String(1 + r.below(99)) },
  number: { make: (r) => String(r.below(r.pick([10, 100, 1_000, 100_000]))) },
  id: { make: (r) => r.pick(ids)(r) },
  money: {
    make: (r) =>
      r.pick([
        (v) => `$${v}`,
        (v) => `€${v}.${two(r.below(100))}`,
        (v) => `${v} EUR`,
        (v) => `£${v}`,
        (v) => `${v},00 €`,
      ])(r.below(9_000)),
  },
  phone: { pattern: 'PHONE_NUMBER', make: (r) => r.pick(phones)(r) },
  email: { pattern: 'EMAIL_ADDRESS', make: (r) => words(r).internet.email() },
  url: { pattern: 'URL', make: (r) => words(r).internet.url() },
  card: { pattern: 'CREDIT_CARD', make: (r) => words(r).finance.creditCardNumber() },
  iban: { pattern: 'IBAN_CODE', make: (r) => words(r).finance.iban() },
  ssn: { make: (r) => `${r.digits(3)}-${r.digits(2)}-${r.digits(4)}` },
  ip: { pattern: 'IP_ADDRESS', make: (r) => words(r).internet.ipv4() },
  job: { make: (r) => words(r).person.jobTitle().toLowerCase() },
  Job: { make: (r) => words(r).person.jobTitle() },
  product: {
    make: (r) =>
      r.next() < 0.5
        ? words(r).commerce.productName()
        : `${upperFirst(NOUNS(r))}${r.pick(['', ' Pro', ' X', ' 3', 'ify', 'ly', 'Hub', ' Plus'])}`,
  },
  drug: {
    make: (r) =>
      `${r.pick(['Met', 'Lis', 'Amo', 'Ibu', 'Ator', 'Para', 'Ome', 'Levo', 'Clo', 'Ser', 'Flu', 'Panto', 'Rami', 'Bis', 'Dexa', 'Pred', 'Warf', 'Hepa'])}${r.pick(['formin', 'nopril', 'xicillin', 'profen', 'vastatin', 'cetamol', 'prazole', 'thyroxine', 'pidogrel', 'traline', 'oxetine', 'oprolol', 'methasone', 'nisolone', 'arin', 'zepam'])}`,
  },
  disease: {
    make: (r) =>
      r.pick([
        'diabetes mellitus',
        'hypertension',
        'pneumonia',
        'Crohn disease',
        'asthma',
        'migraine',
        'Parkinson disease',
        'COPD',
        'Hodgkin lymphoma',
        'influenza',
        'a fractured wrist',
        'Lyme disease',
        'sepsis',
        'anaemia',
        'Alzheimer disease',
        'gout',
        'Graves disease',
        'Lupus',
        'Covid-19',
        'hepatitis B',
        'Type 2 Diabetes',
        'Down syndrome',
        'Tourette syndrome',
        'lower back pain',
      ]),
  },
  noun: { make: NOUNS },
  Noun: { make: (r) => upperFirst(NOUNS(r)) },
  nouns: { make: (r) => `${NOUNS(r)}s` },
  adjective: { make: (r) => words(r).word.adjective() },
  verb: { make: (r) => words(r).word.verb() },
  adverb: { make: (r) => words(r).word.adverb() },
  color: { make: (r) => words(r).color.human() },
  file: { make: (r) => words(r).system.fileName() },
  path: { make: (r) => words(r).system.filePath() },
  version: { make: (r) => words(r).system.semver() },
  hex: { make: (r) => words(r).string.hexadecimal({ length: 8 + r.below(32), prefix: '' }) },
  uuid: { make: (r) => words(r).string.uuid() },
  code_name: { make: codeName },
};
