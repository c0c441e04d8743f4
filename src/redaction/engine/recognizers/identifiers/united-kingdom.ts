import { contextWords } from '../../context.js';
import { isDayOfMonth } from '../../validators/calendar.js';
import { isNhsNumber } from '../../validators/european-numbers.js';
import type { Form, IdentifierType } from './identifier-type.js';

const INWARD = '9[ABD-HJLNP-UW-Z]{2}';
const FIRST = '[A-PR-UWYZ]';
const SECOND = '[A-HK-Y]';
/** Outward codes (BS 7666; Royal Mail, PAF programmers' guide). */
const OUTWARD = [
  `${FIRST}9{1,2}`,
  `${FIRST}${SECOND}9{1,2}`,
  `${FIRST}9[ABCDEFGHJKPSTUW]`,
  `${FIRST}${SECOND}9[ABEHMNPRVWXY]`,
];
const PLATE_FIRST = '[A-HJ-PR-Y]';

const postcode = (outward: string): Form[] => [
  { template: `${outward} ${INWARD}`, score: 0.3, lower: 0.1, withContext: 0.6 },
  { template: `${outward}${INWARD}`, score: 0.1, lower: 0.05, withContext: 0.45 },
];

export const UNITED_KINGDOM: readonly IdentifierType[] = [
  {
    name: 'UK_DRIVING_LICENCE',
    country: 'GB',
    description: 'The number of a British driving licence.',
    example: 'RAMSE708214KT9WM',
    context: contextWords('driving licence license driver dvla licencenumber'),
    forms: [{ template: 'A[A-Z9]{4}9{6}A[A-Z9]**A', score: 0.6, certain: true, accepts: isDrivingLicence }],
  },
  {
    name: 'UK_NHS',
    country: 'GB',
    description: 'A British NHS number.',
    example: '604 218 3974',
    context: contextWords('nhs national health service patient nhsnumber hospital gp'),
    forms: [
      { template: '9{10}', score: 0.2, checksum: isNhsNumber },
      { template: '9{3}~9{3}~9{4}', score: 0.35, checksum: isNhsNumber },
    ],
  },
  {
    name: 'UK_NINO',
    country: 'GB',
    description: 'A British national insurance number.',
    example: 'KX 48 20 17 C',
    context: contextWords('nino ni national insurance'),
    forms: [
      {
        template: '[A-CEGHJ-PRSTW-Z][A-CEGHJ-NPRSTW-Z]_9{2}_9{2}_9{2}_[A-D]',
        score: 0.5,
        lower: 0.3,
        accepts: isAllocatedNino,
      },
    ],
  },
  {
    name: 'UK_PASSPORT',
    country: 'GB',
    description: 'The number of a British passport, beside a word for one.',
    example: '740182635',
    context: contextWords('passport passports passportnumber travel'),
    forms: [
      { template: 'A{2}9{7}', score: 0.1 },
      { template: '9{9}', score: 0.05, withContext: 0.45, onlyWithContext: true },
    ],
  },
  {
    name: 'UK_POSTCODE',
    country: 'GB',
    description: 'A British postcode.',
    example: 'SE11 4QT',
    context: contextWords(
      'postcode postcodes postal post code zip address addresses street road lane avenue london england wales scotland uk',
    ),
    forms: [...OUTWARD.flatMap(postcode), { template: 'GIR_0AA', score: 0.3, lower: 0.1 }],
  },
  {
    name: 'UK_VEHICLE_REGISTRATION',
    country: 'GB',
    description: 'A British vehicle registration plate.',
    example: 'KM24 RWT',
    context: contextWords('registration reg plate plates vehicle car van vrm vrn numberplate mot dvla'),
    forms: [
      {
        template: `${PLATE_FIRST}{2}9{2}_[A-HJ-PR-Z]{3}`,
        score: 0.35,
        lower: 0.1,
        withContext: 0.7,
        accepts: hasAgeIdentifier,
      },
      { template: '[A-HJ-NPR-TV-Y][1-9]9{0,2}_[A-HJ-PR-Z]{3}', score: 0.15, lower: 0.05, withContext: 0.5 },
      { template: '[A-HJ-PR-Z]{3}_[1-9]9{0,2}_[A-HJ-NPR-TV-Y]', score: 0.1, lower: 0.02, withContext: 0.5 },
    ],
  },
  {
    name: 'UK_SORT_CODE',
    country: 'GB',
    description: "A British bank branch's sort code, beside a word for one.",
    example: '40-27-15',
    context: contextWords('sort sortcode sc bank branch bacs', 'date dated born birth'),
    forms: [
      { template: '9{2}-9{2}-9{2}', score: 0.1, withContext: 0.65 },
      { template: '9{6}', score: 0.02, withContext: 0.45, onlyWithContext: true },
    ],
  },
];

/** DVLA: five letters of the surname filled up with 9, then decade, month (+ 50 for women), day and year of birth. */
function isDrivingLicence(text: string): boolean {
  if (!/^[A-Z]+9*$/.test(text.slice(0, 5)) || !/^[A-Z]9?|[A-Z]{2}$/.test(text.slice(11, 13))) return false;
  return isDayOfMonth(Number(text.slice(8, 10)), Number(text.slice(6, 8)) % 50);
}

/** Prefixes that HMRC does not give out (NIM39110). */
function isAllocatedNino(text: string): boolean {
  return !/^(?:BG|GB|NK|KN|NT|TN|ZZ)/.test(text);
}

/** Two-digit age identifiers in use since 2001: 02–29 for March, 51–79 for September (DVLA INF104). */
function hasAgeIdentifier(text: string): boolean {
  const age = Number(text.slice(2, 4));
  return (age >= 2 && age <= 29) || (age >= 51 && age <= 79);
}
