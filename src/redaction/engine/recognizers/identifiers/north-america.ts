import { contextWords } from '../../context.js';
import {
  isDeaNumber,
  isProviderIdentifier,
  isRoutingNumber,
  isSocialInsuranceNumber,
  isTaxpayerIdentificationForm,
} from '../../validators/american-numbers.js';
import { isRepeated } from '../../validators/check-digits.js';
import type { IdentifierType } from './identifier-type.js';
import { US_DRIVER_LICENSE } from './us-driver-license.js';

/** Letters of a Medicare beneficiary identifier (CMS): none that reads as a digit or another letter. */
const MBI = '[AC-HJKMNP-RT-Y]';
const MBI_OR_DIGIT = '[0-9AC-HJKMNP-RT-Y]';

export const NORTH_AMERICA: readonly IdentifierType[] = [
  US_DRIVER_LICENSE,
  {
    name: 'ABA_ROUTING_NUMBER',
    country: 'US',
    description: "A US bank's routing number.",
    example: '061000227',
    context: contextWords('aba routing rtn transit wire ach routingnumber'),
    forms: [
      { template: '9{9}', score: 0.2, checksum: isRoutingNumber },
      { template: '9{4}-9{4}-9', score: 0.35, checksum: isRoutingNumber },
    ],
  },
  {
    name: 'US_BANK_NUMBER',
    country: 'US',
    description: 'A US bank account number, beside a word for one.',
    example: '7300184452',
    context: contextWords(
      'account accounts acct checking savings bank banking debit accountnumber',
      'routing phone order tracking',
    ),
    forms: [{ template: '9{8,17}', score: 0.05, accepts: (digits) => !isRepeated(digits) }],
  },
  {
    name: 'US_ITIN',
    country: 'US',
    description: 'A US individual taxpayer identification number.',
    example: '912-78-4406',
    context: contextWords('itin itins taxpayer tax tin individual'),
    forms: [
      { template: '9{3}~9{2}~9{4}', score: 0.5, accepts: isTaxpayerIdentificationForm },
      { template: '9{9}', score: 0.1, withContext: 0.45, accepts: isTaxpayerIdentificationForm },
      { template: '9{3}[ -]9{6}', score: 0.05, accepts: isTaxpayerIdentificationForm },
      { template: '9{5}[ -]9{4}', score: 0.05, accepts: isTaxpayerIdentificationForm },
    ],
  },
  {
    name: 'US_MBI',
    country: 'US',
    description: 'A US Medicare beneficiary identifier.',
    example: '5RW8-HN2-KD47',
    context: contextWords('mbi medicare beneficiary cms hicn patient'),
    forms: [
      {
        template: `[1-9]${MBI}${MBI_OR_DIGIT}9${MBI}${MBI_OR_DIGIT}9${MBI}{2}9{2}`,
        score: 0.35,
        lower: 0.2,
        withContext: 0.7,
      },
      {
        template: `[1-9]${MBI}${MBI_OR_DIGIT}9-${MBI}${MBI_OR_DIGIT}9-${MBI}{2}9{2}`,
        score: 0.6,
        lower: 0.5,
      },
    ],
  },
  {
    name: 'US_NPI',
    country: 'US',
    description: 'A US national provider identifier.',
    example: '1730458126',
    context: contextWords('npi npis provider providers prescriber physician prescribing rendering'),
    forms: [
      { template: '[12]9{9}', score: 0.15, checksum: isProviderIdentifier },
      { template: '[12]9{3}~9{3}~9{3}', score: 0.3, checksum: isProviderIdentifier },
    ],
  },
  {
    name: 'US_PASSPORT',
    country: 'US',
    description: 'The number of a US passport, beside a word for one.',
    example: 'B40718263',
    context: contextWords('passport passports passportnumber travel'),
    forms: [
      { template: 'A9{8}', score: 0.1 },
      { template: '9{9}', score: 0.05 },
    ],
  },
  {
    name: 'CA_SIN',
    country: 'CA',
    description: 'A Canadian social insurance number.',
    example: '518 204 730',
    context: contextWords('sin nas insurance assurance sociale canada canadian'),
    forms: [
      { template: '9{3}~9{3}~9{3}', score: 0.35, withContext: 0.75, checksum: isSocialInsuranceNumber },
      { template: '9{9}', score: 0.1, checksum: isSocialInsuranceNumber },
    ],
  },
  {
    name: 'MEDICAL_LICENSE',
    country: 'US',
    description: 'A DEA registration number of a US practitioner.',
    example: 'BK4820177',
    context: contextWords(
      'dea medical license licence certificate prescriber registration practitioner physician',
    ),
    forms: [
      { template: '[ABCDEFGHJKLMPRSTUX]A9{7}', score: 0.35, lower: 0.2, checksum: isDeaNumber },
      {
        template: '[ABCDEFGHJKLMPRSTUX]9{8}',
        score: 0.1,
        checksum: (text) => text.charAt(1) === '9' && isDeaNumber(text),
      },
    ],
  },
];
