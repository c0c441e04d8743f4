import { IDENTIFIERS } from './recognizers/identifiers/catalogue.js';
import type { IdentifierType } from './recognizers/identifiers/identifier-type.js';
import { ONLY_WHEN_NAMED } from './type-defaults.js';

/**
 * What a finding of a type rests on: a `pattern`; a `checksum` or another test that the value itself must pass; `context`, words
 * or labels beside it, without which it is not reported at the usual threshold; `names`, knowledge of names; a `list` that the
 * organization or the caller keeps.
 */
export const FOUND_BY = ['pattern', 'checksum', 'context', 'names', 'list'] as const;

export type FoundBy = (typeof FOUND_BY)[number];

/** A type that the engine can find, by its engine (Presidio) name. */
export interface SupportedType {
  readonly name: string;
  readonly description: string;
  /** ISO 3166-1 alpha-2 of the country that issues it; null when it belongs to none. */
  readonly country: string | null;
  readonly foundBy: readonly FoundBy[];
  /** An invented value of valid form; null where only the caller knows one. */
  readonly example: string | null;
  /** Whether it is looked for when no types are named. */
  readonly default: boolean;
}

const USUAL_THRESHOLD = 0.4;

function general(
  name: string,
  foundBy: string,
  example: string | null,
  description: string,
  country: string | null = null,
): SupportedType {
  const kinds = FOUND_BY.filter((kind) => foundBy.split(' ').includes(kind));
  return { name, description, country, foundBy: kinds, example, default: !ONLY_WHEN_NAMED.has(name) };
}

function identifier({ name, description, country, example, forms }: IdentifierType): SupportedType {
  const standsAlone = forms.some(
    ({ score, onlyWithContext }) => score >= USUAL_THRESHOLD && onlyWithContext !== true,
  );
  const foundBy: FoundBy[] = ['pattern'];
  if (forms.some(({ checksum }) => checksum !== undefined)) foundBy.push('checksum');
  if (!standsAlone) foundBy.push('context');
  return { name, description, country, foundBy, example, default: !ONLY_WHEN_NAMED.has(name) };
}

/** The types that the engine can find. */
export const SUPPORTED_TYPES: readonly SupportedType[] = [
  general('PERSON', 'names', 'Maria Keller', "A person's full or single name, without the title."),
  general('LOCATION', 'names', 'Kaiserslautern', 'A town, region, country or another place.'),
  general(
    'ADDRESS',
    'names',
    '14 Linden Street, Springfield, IL 62704',
    'A postal address, whole or in part, over several lines too; where two streets meet.',
  ),
  general(
    'ORGANIZATION',
    'names',
    'Northgate Logistics Ltd',
    'A company, public body, hospital, school or club.',
  ),
  general('NRP', 'names', 'Danish', 'A nationality, a people, a faith or a political group.'),
  general('TITLE', 'names', 'Dr.', 'A form of address before a name.'),
  general('AGE', 'pattern context', '47', 'How old somebody is: the number beside a word that says so.'),
  general(
    'EMAIL_ADDRESS',
    'pattern',
    'maria.keller@example.com',
    'An e-mail address, internationalised ones included.',
  ),
  general(
    'PHONE_NUMBER',
    'pattern',
    '+49 631 5550123',
    'A telephone or fax number in international or national form.',
  ),
  general('US_SSN', 'pattern', '536-48-2017', 'A US social security number.', 'US'),
  general(
    'CREDIT_CARD',
    'pattern checksum',
    '4242 4242 4242 4242',
    "A payment card number of a known issuer's range that passes Luhn's check.",
  ),
  general(
    'IBAN_CODE',
    'pattern checksum',
    'DE02 1203 0000 0000 2020 51',
    'An international bank account number with a right checksum (ISO 13616).',
  ),
  general('DATE_TIME', 'pattern', '2024-03-17', 'A date, with its time of day when one follows.'),
  general(
    'DATE_OF_BIRTH',
    'pattern context',
    '1982-03-17',
    'A date beside a word or under a label for births.',
  ),
  general(
    'IP_ADDRESS',
    'pattern',
    '203.0.113.48',
    'An IPv4 or IPv6 address, with its prefix length when one follows.',
  ),
  general('MAC_ADDRESS', 'pattern', '00:00:5E:00:53:48', 'A hardware address (EUI-48).'),
  general(
    'URL',
    'pattern',
    'https://example.com/patients/48',
    'A web or file-transfer address, or a bare domain name.',
  ),
  general(
    'CRYPTO',
    'pattern checksum',
    '1N2wUecArR7MXWRjqbX8HNQvG65zK6oM7Y',
    'An address of a cryptocurrency wallet.',
  ),
  general(
    'TR_PHONE_NUMBER',
    'pattern',
    '0532 482 01 75',
    'A Turkish telephone number, to those who ask for them apart from others.',
    'TR',
  ),
  general(
    'PH_MOBILE_NUMBER',
    'pattern',
    '0917 482 0175',
    'A Philippine mobile number, to those who ask for them apart from others.',
    'PH',
  ),
  general(
    'API_KEY',
    'pattern context',
    ['glpat', '8Kq2vT5mXw9Lr3Zb7NcY'].join('-'),
    'A key with a known prefix, or a generated value under a key-like label.',
  ),
  general('PRIVATE_KEY', 'pattern', null, 'A private key in PEM form.'),
  general('JWT', 'pattern', null, 'A JSON web token.'),
  general(
    'PASSWORD',
    'context',
    'tr4ke-Wxmp-482',
    'The value assigned to a password, in text, settings or a connection URL.',
  ),
  general(
    'VAULT_SECRET',
    'list',
    null,
    "The value of one of the organization's own variables, at least 12 characters and hard to guess.",
  ),
  general('DENY_LIST', 'list', null, 'A text that the caller asked to find.'),
  ...IDENTIFIERS.map(identifier),
];
