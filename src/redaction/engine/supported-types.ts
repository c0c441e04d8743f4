/** The types that the engine can find, by their engine (Presidio) names. */
export const SUPPORTED_TYPES: readonly { readonly name: string; readonly description: string }[] = [
  { name: 'PERSON', description: "A person's full or single name, without the title." },
  { name: 'LOCATION', description: 'A place; found in accurate mode, by the model.' },
  {
    name: 'ORGANIZATION',
    description: 'A company or another organization; found in accurate mode, by the model.',
  },
  { name: 'EMAIL_ADDRESS', description: 'An e-mail address, internationalised ones included.' },
  { name: 'PHONE_NUMBER', description: 'A telephone or fax number in international or national form.' },
  { name: 'US_SSN', description: 'A US social security number.' },
  {
    name: 'CREDIT_CARD',
    description: "A payment card number of a known issuer's range that passes Luhn's check.",
  },
  {
    name: 'IBAN_CODE',
    description: 'An international bank account number with a right checksum (ISO 13616).',
  },
  { name: 'DATE_TIME', description: 'A date, with its time of day when one follows.' },
  { name: 'IP_ADDRESS', description: 'An IPv4 or IPv6 address, with its prefix length when one follows.' },
  { name: 'MAC_ADDRESS', description: 'A hardware address (EUI-48).' },
  { name: 'URL', description: 'A web or file-transfer address, or a bare domain name.' },
  { name: 'API_KEY', description: 'A key with a known prefix, or a generated value under a key-like label.' },
  { name: 'PRIVATE_KEY', description: 'A private key in PEM form.' },
  { name: 'JWT', description: 'A JSON web token.' },
  {
    name: 'PASSWORD',
    description: 'The value assigned to a password, in text, settings or a connection URL.',
  },
  {
    name: 'VAULT_SECRET',
    description:
      "The value of one of the organization's own variables, at least 12 characters and hard to guess.",
  },
  { name: 'DENY_LIST', description: 'A text that the caller asked to find.' },
];
