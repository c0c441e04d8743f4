import { contextWords } from '../../context.js';
import { isAadhaar, isGstin } from '../../validators/asian-numbers.js';
import type { IdentifierType } from './identifier-type.js';

const PAN = 'A{5}9{4}A';

/** Codes of states and union territories on plates (Motor Vehicles Act 1988, section 41). */
const STATES = new Set(
  `AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TG TN TR TS UA UK UP
   WB`.split(/\s+/),
);

export const INDIA: readonly IdentifierType[] = [
  {
    name: 'IN_AADHAAR',
    country: 'IN',
    description: 'An Indian Aadhaar number.',
    example: '4820 1753 6290',
    context: contextWords('aadhaar aadhar uidai uid आधार'),
    forms: [
      { template: '9{12}', score: 0.25, checksum: isAadhaar },
      { template: '9{4}[ :-]9{4}[ :-]9{4}', score: 0.5, checksum: isAadhaar },
    ],
  },
  {
    name: 'IN_GSTIN',
    country: 'IN',
    description: 'An Indian goods and services tax number.',
    example: '29AKRPT4820K5Z9',
    context: contextWords('gstin gstins gst gstn goods tax'),
    forms: [
      { template: `9{2}${PAN}[1-9A-Z]Z*`, score: 0.8, certain: true, accepts: hasState, checksum: isGstin },
      { template: `9{2}${PAN}[1-9A-Z]Z*`, score: 0.3, withContext: 0.65, accepts: hasState },
    ],
  },
  {
    name: 'IN_PAN',
    country: 'IN',
    description: "An Indian taxpayer's permanent account number.",
    example: 'AKRPT4820K',
    context: contextWords('pan permanent account income tax taxpayer'),
    forms: [
      { template: 'A{3}[ABCFGHJLPTK]A9{4}A', score: 0.35, lower: 0.1, withContext: 0.75 },
      { template: PAN, score: 0.1, withContext: 0.5 },
    ],
  },
  {
    name: 'IN_PASSPORT',
    country: 'IN',
    description: 'The number of an Indian passport, beside a word for one.',
    example: 'K4820175',
    context: contextWords('passport passports indian travel'),
    forms: [{ template: 'A[1-9]9 {0,1}9{4}[1-9]', score: 0.1 }],
  },
  {
    name: 'IN_VEHICLE_REGISTRATION',
    country: 'IN',
    description: 'An Indian vehicle registration plate.',
    example: 'MH12KR4820',
    context: contextWords('registration reg vehicle rto rc plate car bike number_plate chassis'),
    forms: [
      {
        template: 'A{2}_9{1,2}_A{1,3}_9{4}',
        score: 0.4,
        lower: 0.2,
        withContext: 0.75,
        accepts: hasPlateState,
      },
      { template: 'A{2}9{1,2}A{1,3}9{4}', score: 0.2, lower: 0.1 },
      { template: '[2-9]9_BH_9{4}_[A-HJ-NP-Z]{1,2}', score: 0.4, lower: 0.2 },
      { template: '9{2}[ABCDEFHKPRX]9{6}A', score: 0.2, lower: 0.1 },
      { template: '9{1,3}C[DC][1-9]9{1,3}', score: 0.15, lower: 0.05 },
      { template: '9{1,3}UN[1-9]9{1,3}', score: 0.15, lower: 0.05 },
      { template: 'A{3}9{4}', score: 0.1, lower: 0.05 },
      { template: 'A{1,2}9{4}', score: 0.01 },
      { template: 'I9{5}', score: 0.01 },
    ],
  },
  {
    name: 'IN_VOTER',
    country: 'IN',
    description: "The number of an Indian voter's card (EPIC).",
    example: 'KRT4820175',
    context: contextWords('voter voters epic elector election electoral'),
    forms: [
      { template: 'A[ABCDGHJKMNPRSY]A9{7}', score: 0.25, lower: 0.1, withContext: 0.6 },
      { template: 'A{3}9{7}', score: 0.15, lower: 0.05, withContext: 0.5 },
    ],
  },
];

/** States of the goods and services tax: 01 to 37, and 97 for other territory. */
function hasState(text: string): boolean {
  const state = Number(text.slice(0, 2));
  return (state >= 1 && state <= 37) || state === 97;
}

function hasPlateState(text: string): boolean {
  return STATES.has(text.slice(0, 2)) && !text.endsWith('0000');
}
