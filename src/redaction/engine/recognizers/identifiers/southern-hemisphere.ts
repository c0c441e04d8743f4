import { contextWords } from '../../context.js';
import {
  isAustralianBusinessNumber,
  isAustralianCompanyNumber,
  isMedicareNumber,
  isNigerianIdentityNumber,
  isSouthAfricanIdentityNumber,
  isTaxFileNumber,
} from '../../validators/southern-numbers.js';
import type { IdentifierType } from './identifier-type.js';

export const SOUTHERN_HEMISPHERE: readonly IdentifierType[] = [
  {
    name: 'AU_ABN',
    country: 'AU',
    description: 'An Australian business number.',
    example: '79 201 753 629',
    context: contextWords('abn australian business'),
    forms: [
      { template: '9{2} 9{3} 9{3} 9{3}', score: 0.5, checksum: isAustralianBusinessNumber },
      { template: '9{11}', score: 0.35, checksum: isAustralianBusinessNumber },
    ],
  },
  {
    name: 'AU_ACN',
    country: 'AU',
    description: 'An Australian company number.',
    example: '048 201 752',
    context: contextWords('acn australian company'),
    forms: [
      { template: '9{3} 9{3} 9{3}', score: 0.25, checksum: isAustralianCompanyNumber },
      { template: '9{9}', score: 0.1, checksum: isAustralianCompanyNumber },
    ],
  },
  {
    name: 'AU_MEDICARE',
    country: 'AU',
    description: 'The number of an Australian Medicare card.',
    example: '4820 17536 1',
    context: contextWords('medicare irn card'),
    forms: [
      { template: '9{4}~9{5}~9', score: 0.35, checksum: isMedicareNumber },
      { template: '9{10}', score: 0.15, checksum: isMedicareNumber },
    ],
  },
  {
    name: 'AU_TFN',
    country: 'AU',
    description: 'An Australian tax file number.',
    example: '482 017 536',
    context: contextWords('tfn tax file'),
    forms: [
      { template: '9{3}~9{3}~9{3}', score: 0.3, checksum: isTaxFileNumber },
      { template: '9{9}', score: 0.15, checksum: isTaxFileNumber },
    ],
  },
  {
    name: 'NG_NIN',
    country: 'NG',
    description: 'A Nigerian national identification number.',
    example: '48201753620',
    context: contextWords('nin nimc national identification nigeria nigerian'),
    forms: [{ template: '9{11}', score: 0.2, checksum: isNigerianIdentityNumber }],
  },
  {
    name: 'NG_VEHICLE_REGISTRATION',
    country: 'NG',
    description: 'A Nigerian vehicle registration plate.',
    example: 'KRD-482KT',
    context: contextWords('plate plates vehicle registration car frsc'),
    forms: [{ template: 'A{3}_9{3}_A{2}', score: 0.3, lower: 0.05, withContext: 0.65 }],
  },
  {
    name: 'ZA_ID_NUMBER',
    country: 'ZA',
    description: 'A South African identity number.',
    example: '8203174820086',
    context: contextWords('rsa id identity sa south african said idnumber'),
    forms: [
      { template: '9{13}', score: 0.35, checksum: isSouthAfricanIdentityNumber },
      { template: '9{6} 9{4} 9{3}', score: 0.5, checksum: isSouthAfricanIdentityNumber },
    ],
  },
];
