/**
 * Weight of a type: how far one value of it alone goes towards identifying or harming a person, from 0 to 1. The four
 * of PERSON, US_SSN, EMAIL_ADDRESS and PHONE_NUMBER reproduce the risk scores of the SafeKeyLab API samples; the others
 * are Redoubt's own judgement on the same scale, ranked as NIST SP 800-122 section 3.2 ranks impact: what identifies
 * alone and cannot be changed weighs most, what only describes weighs least: numbers that a state gives once for life .8; papers
 * and health records .7; licences and accounts .6; what leads to a person through a register that few may read .4; a date of
 * birth or a postcode, which narrow people down, .3; places of work .2; numbers of firms, which are public, .1.
 */
const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ...weighing(
    0.8,
    `CA_SIN DE_SOCIAL_SECURITY DE_TAX_ID ES_NIE ES_NIF FI_PERSONAL_IDENTITY_CODE IN_AADHAAR IN_PAN IT_FISCAL_CODE KR_FRN KR_RRN
     NG_NIN PL_PESEL SE_PERSONNUMMER SG_NRIC_FIN TH_TNIN TR_NATIONAL_ID UK_NINO US_ITIN ZA_ID_NUMBER AU_TFN`,
  ),
  ...weighing(
    0.7,
    `AU_MEDICARE DE_HEALTH_INSURANCE DE_ID_CARD DE_PASSPORT ES_PASSPORT HEALTH_PLAN_NUMBER IN_PASSPORT IN_VOTER IT_IDENTITY_CARD
     IT_PASSPORT KR_PASSPORT MEDICAL_RECORD_NUMBER PH_TIN UK_NHS UK_PASSPORT US_MBI US_PASSPORT`,
  ),
  ...weighing(
    0.6,
    `DE_FUEHRERSCHEIN DE_TAX_NUMBER IT_DRIVER_LICENSE KR_DRIVER_LICENSE UK_DRIVING_LICENCE US_BANK_NUMBER US_DRIVER_LICENSE`,
  ),
  ...weighing(
    0.4,
    `CASE_NUMBER CRYPTO DE_KFZ DE_LANR IN_VEHICLE_REGISTRATION MEDICAL_LICENSE NG_VEHICLE_REGISTRATION TR_LICENSE_PLATE
     UK_VEHICLE_REGISTRATION US_NPI`,
  ),
  ...weighing(0.43, 'PH_MOBILE_NUMBER TR_PHONE_NUMBER'),
  ...weighing(0.3, 'DATE_OF_BIRTH UK_POSTCODE'),
  ...weighing(0.2, 'DE_BSNR DE_PLZ IN_GSTIN UK_SORT_CODE'),
  ...weighing(
    0.1,
    `ABA_ROUTING_NUMBER AU_ABN AU_ACN BIC_CODE DE_HANDELSREGISTER DE_VAT_ID IT_VAT_CODE KR_BRN SE_ORGANISATIONSNUMMER SG_UEN`,
  ),
  ['US_SSN', 0.8],
  ['PRIVATE_KEY', 0.8],
  ['VAULT_SECRET', 0.8],
  ['CREDIT_CARD', 0.7],
  ['PASSWORD', 0.7],
  ['API_KEY', 0.7],
  ['JWT', 0.6],
  ['IBAN_CODE', 0.6],
  ['DENY_LIST', 0.5],
  ['PHONE_NUMBER', 0.43],
  ['EMAIL_ADDRESS', 0.42],
  ['PERSON', 0.25],
  ['IP_ADDRESS', 0.2],
  ['ADDRESS', 0.3],
  ['NRP', 0.2],
  ['LOCATION', 0.1],
  ['ORGANIZATION', 0.1],
  ['AGE', 0.1],
  ['TITLE', 0.02],
  ['MAC_ADDRESS', 0.2],
  ['DATE_TIME', 0.1],
  ['URL', 0.1],
]);

function weighing(weight: number, types: string): (readonly [string, number])[] {
  return types.split(/\s+/).map((type) => [type, weight]);
}

/** Of a custom pattern's type: someone thought it worth a pattern. */
const CUSTOM_WEIGHT = 0.5;

/** 1 − ∏(1 − weight) over the distinct engine types, in hundredths; 0 when there are none. */
export function riskScore(types: Iterable<string>): number {
  let absent = 1;
  for (const type of new Set(types)) absent *= 1 - (WEIGHTS.get(type) ?? CUSTOM_WEIGHT);
  return Math.round((1 - absent) * 100) / 100;
}
