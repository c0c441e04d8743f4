import { IDENTIFIERS } from './recognizers/identifiers/catalogue.js';

/** What became of a detected entity: engine type, and how it was replaced, if it was. */
export interface Outcome {
  readonly type: string;
  readonly method?: string;
  readonly replacement?: string;
}

export interface Compliance {
  readonly gdpr: boolean;
  readonly ccpa: boolean;
  readonly hipaa: boolean;
  readonly pci_dss: boolean;
}

/** Numbers of firms and their places: no person's by themselves. */
const OF_FIRMS = new Set(
  'ABA_ROUTING_NUMBER AU_ABN AU_ACN BIC_CODE DE_BSNR DE_HANDELSREGISTER DE_VAT_ID IT_VAT_CODE KR_BRN SE_ORGANISATIONSNUMMER SG_UEN UK_SORT_CODE'.split(
    ' ',
  ),
);

/** Where and who somebody is among others: more people share it than an identifier may point to. */
const DESCRIPTIVE = new Set(['DE_PLZ', 'UK_POSTCODE', 'LOCATION', 'ORGANIZATION']);
/** Says hardly anything of a person. */
const COURTESIES = new Set(['TITLE']);

/** Numbers that a state, an insurer, a bank, a court or a clinic gives to people, their papers, licences and vehicles. */
const OF_PEOPLE = IDENTIFIERS.map(({ name }) => name).filter(
  (name) => !OF_FIRMS.has(name) && !DESCRIPTIVE.has(name),
);

/**
 * Regulation (EU) 2016/679 art. 4(1): names, identification numbers, home addresses, what is specific to a social identity, and
 * (recital 30) online identifiers; art. 9(1): origin, faith and politics.
 */
const GDPR = new Set([
  ...`PERSON ADDRESS AGE NRP EMAIL_ADDRESS PHONE_NUMBER PH_MOBILE_NUMBER TR_PHONE_NUMBER US_SSN CREDIT_CARD CRYPTO IBAN_CODE IP_ADDRESS MAC_ADDRESS
      DATE_OF_BIRTH DENY_LIST`.split(/\s+/),
  ...OF_PEOPLE,
]);

/**
 * California Civil Code 1798.140(v)(1)(A) and, through (B), 1798.80(e): names, online identifiers, numbers and accounts;
 * 1798.140(ae)(1)(B): credentials that open an account.
 */
const CCPA = new Set([...GDPR, 'PASSWORD', 'API_KEY', 'PRIVATE_KEY', 'JWT', 'VAULT_SECRET']);

/**
 * 45 CFR 164.514(b)(2)(i), Safe Harbor: (A) names, (B) geographic units, (C) dates and ages, (D) telephone, (F) e-mail,
 * (G) social security, (H) medical record, (I) health plan, (J) account, (K) certificate and licence, (L) vehicle numbers,
 * (M) device identifiers, (N) URLs, (O) IP addresses, (R) any other unique identifier. Organizations and
 * their numbers count too, as those of an employer may lead to the patient.
 */
const HIPAA = new Set([...GDPR, ...DESCRIPTIVE, ...OF_FIRMS, 'DATE_TIME', 'URL']);

/** PCI DSS v4.0 requirement 3.4: the primary account number. */
const PCI_DSS = new Set(['CREDIT_CARD']);

/** Types outside all lists that are not personal data by themselves; any other type is a user's own. */
const IMPERSONAL = new Set(['PASSWORD', 'API_KEY', 'PRIVATE_KEY', 'JWT', 'VAULT_SECRET', ...COURTESIES]);
const BUILT_IN = new Set([...HIPAA, ...IMPERSONAL]);

/**
 * Flags: no detected entity of the regime's list is left. Not a legal claim. Types of custom patterns count for gdpr, ccpa
 * and hipaa. What a mask leaves visible counts as left for hipaa, whose identifiers include parts; not for gdpr and ccpa;
 * and not for pci_dss when at most the last four digits of the card number show, which 3.4.1 allows.
 */
export function complianceOf(outcomes: Iterable<Outcome>): Compliance {
  const flags = { gdpr: true, ccpa: true, hipaa: true, pci_dss: true };
  for (const outcome of outcomes) {
    const left = remainder(outcome);
    if (left === 'nothing') continue;
    const custom = !BUILT_IN.has(outcome.type);
    if (left === 'whole' && (custom || GDPR.has(outcome.type))) flags.gdpr = false;
    if (left === 'whole' && (custom || CCPA.has(outcome.type))) flags.ccpa = false;
    if (custom || HIPAA.has(outcome.type)) flags.hipaa = false;
    if (PCI_DSS.has(outcome.type) && !isTruncatedPan(outcome)) flags.pci_dss = false;
  }
  return flags;
}

function remainder({ method, replacement }: Outcome): 'nothing' | 'part' | 'whole' {
  if (replacement === undefined) return 'whole';
  return method === 'masking' && !/^\**$/.test(replacement) ? 'part' : 'nothing';
}

function isTruncatedPan({ method, replacement }: Outcome): boolean {
  return method === 'masking' && /^\D*\d{0,4}$/.test(replacement ?? '0'.repeat(16));
}
