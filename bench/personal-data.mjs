const FIRST =
  `Anna Ben Carla David Elena Farid Grace Hiroshi Ingrid Jürgen Karen Luis Maria Nadia Olivier Priya Quentin
  Rosa Stefan Tanya Umar Victoria Walter Ximena Yusuf Zoe Michael Sarah Thomas Linda`.split(/\s+/);
const LAST =
  `Anderson Becker Castillo Dubois Evans Fischer García Hansen Ivanova Jensen Kowalski Laurent Müller Nguyen
  Okafor Petersen Quinn Rossi Schneider Tanaka Usman Vasquez Weber Xu Yilmaz Zimmermann Brooks Carter Mitchell`.split(
    /\s+/,
  );
const HOSTS = ['example.com', 'example.org', 'mail.example.net', 'corp.example'];
const STREETS = ['Oak Street', 'Mill Lane', 'Station Road', 'Lindenstrasse', 'Elm Avenue', 'High Street'];
const CITIES = ['Berlin', 'Boston', 'Lyon', 'Madrid', 'Leeds', 'Toronto', 'Osaka', 'Portland'];

const two = (number) => String(number).padStart(2, '0');

/** The digit that completes a payload by the Luhn formula (ISO/IEC 7812-1, annex B). */
function luhnDigit(payload) {
  let sum = 0;
  for (const [index, digit] of [...payload].reverse().entries()) {
    const value = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += value > 9 ? value - 9 : value;
  }
  return (10 - (sum % 10)) % 10;
}

/** The two check digits of a German IBAN (ISO 13616: the remainder modulo 97 is 1). */
function ibanCheck(account) {
  return two(98n - (BigInt(`${account}131400`) % 97n));
}

function cardNumber(random) {
  const payload = `4${random.digits(14)}`;
  return `${payload}${luhnDigit(payload)}`.replace(/(\d{4})(?=\d)/g, '$1 ');
}

function iban(random) {
  const account = random.digits(18);
  return `DE${ibanCheck(account)}${account}`;
}

/** Area 001 to 665, group 01 to 99, serial 0001 to 9999: the form the US administration gives out. */
const socialSecurity = (random) =>
  `${String(1 + random.below(665)).padStart(3, '0')}-${two(1 + random.below(99))}-${String(1 + random.below(9_999)).padStart(4, '0')}`;

const date = (random) =>
  `${1950 + random.below(70)}-${two(1 + random.below(12))}-${two(1 + random.below(28))}`;

const address = (random) => [10, 1 + random.below(250), random.below(256), 1 + random.below(254)].join('.');

/** An invented person, every value of valid form. */
export function invent(random) {
  const first = random.pick(FIRST);
  const last = random.pick(LAST);
  const ascii = (name) =>
    name
      .normalize('NFD')
      .replace(/[^A-Za-z]/g, '')
      .toLowerCase();
  return {
    name: `${first} ${last}`,
    email: `${ascii(first)}.${ascii(last)}${random.below(100)}@${random.pick(HOSTS)}`,
    phone: `(${212 + random.below(600)}) 555-${random.digits(4)}`,
    ssn: socialSecurity(random),
    card: cardNumber(random),
    iban: iban(random),
    ip: address(random),
    born: date(random),
    street: `${1 + random.below(200)} ${random.pick(STREETS)}`,
    city: random.pick(CITIES),
  };
}
