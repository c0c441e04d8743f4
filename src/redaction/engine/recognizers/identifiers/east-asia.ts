import { contextWords } from '../../context.js';
import {
  hasKoreanCheckDigit,
  isKoreanBusinessNumber,
  isKoreanRegistrationForm,
  isNric,
  isThaiCitizenNumber,
  isUniqueEntityNumber,
} from '../../validators/asian-numbers.js';
import type { Form, IdentifierType } from './identifier-type.js';

/** Numbers of residents and foreigners; the check digit is no longer given to those issued since October 2020. */
const registration = (sexes: string): Form[] => {
  const accepts = (digits: string): boolean => isKoreanRegistrationForm(digits, sexes);
  return [
    { template: '9{6}-9{7}', score: 0.6, accepts, checksum: hasKoreanCheckDigit },
    { template: '9{6}-9{7}', score: 0.35, withContext: 0.7, accepts },
    { template: '9{13}', score: 0.2, accepts, checksum: hasKoreanCheckDigit },
    { template: '9{13}', score: 0.05, withContext: 0.5, accepts },
  ];
};

export const EAST_ASIA: readonly IdentifierType[] = [
  {
    name: 'KR_BRN',
    country: 'KR',
    description: 'A Korean business registration number.',
    example: '482-01-75369',
    context: contextWords('brn business registration 사업자등록번호 사업자 등록번호'),
    forms: [
      { template: '9{3}-9{2}-9{5}', score: 0.5, checksum: isKoreanBusinessNumber },
      { template: '9{10}', score: 0.1, checksum: isKoreanBusinessNumber },
    ],
  },
  {
    name: 'KR_DRIVER_LICENSE',
    country: 'KR',
    description: 'The number of a Korean driving licence.',
    example: '13-08-482017-53',
    context: contextWords('driver driving license licence 운전면허 운전면허번호 면허번호 면허'),
    forms: [
      { template: '9{2}~9{2}~9{6}~9{2}', score: 0.35, withContext: 0.7, accepts: hasIssuingRegion },
      { template: '9{12}', score: 0.05, withContext: 0.5, accepts: hasIssuingRegion },
    ],
  },
  {
    name: 'KR_FRN',
    country: 'KR',
    description: 'A registration number of a foreigner in Korea.',
    example: '820317-5482015',
    context: contextWords('frn foreigner foreign alien registration 외국인등록번호 외국인'),
    forms: registration('5678'),
  },
  {
    name: 'KR_PASSPORT',
    country: 'KR',
    description: 'The number of a Korean passport, beside a word for one.',
    example: 'M482K0175',
    context: contextWords('passport passports korean korea 여권 여권번호 여권번호는 여권번호가'),
    forms: [
      { template: '[MSROD]9{3}A9{4}', score: 0.2, lower: 0.1 },
      { template: '[MSROD]9{8}', score: 0.1, lower: 0.05 },
    ],
  },
  {
    name: 'KR_RRN',
    country: 'KR',
    description: 'A Korean resident registration number.',
    example: '820317-1482012',
    context: contextWords('rrn resident registration 주민등록번호 주민번호 주민등록'),
    forms: registration('1234'),
  },
  {
    name: 'SG_NRIC_FIN',
    country: 'SG',
    description: 'An identity card or foreign identification number of Singapore.',
    example: 'S8203170G',
    context: contextWords('nric fin nricfin singapore identity ic'),
    forms: [
      { template: '[STFGM]9{7}A', score: 0.5, lower: 0.3, checksum: isNric },
      { template: '[STFGM]9{7}A', score: 0.2, lower: 0.05, withContext: 0.5 },
      { template: 'A9{7}A', score: 0.05, lower: 0.02 },
    ],
  },
  {
    name: 'SG_UEN',
    country: 'SG',
    description: 'A unique entity number of Singapore.',
    example: '201748200C',
    context: contextWords('uen unique entity singapore acra company business'),
    forms: [
      { template: '9{8}A', score: 0.3, lower: 0.1, checksum: isUniqueEntityNumber },
      { template: '[12][890]9{2}9{5}A', score: 0.35, lower: 0.1, checksum: isUniqueEntityNumber },
      { template: '[TSR]9{2}A[A-Z0-9]9{4}A', score: 0.5, lower: 0.3, checksum: isUniqueEntityNumber },
    ],
  },
  {
    name: 'TH_TNIN',
    country: 'TH',
    description: 'A Thai national identification number.',
    example: '1482017536291',
    context: contextWords(
      'thai thailand tnin citizen national id เลขประจำตัวประชาชน เลขบัตรประชาชน บัตรประชาชน รหัสปชช ประชาชน',
    ),
    forms: [
      { template: '9{13}', score: 0.25, checksum: isThaiCitizenNumber },
      { template: '9~9{4}~9{5}~9{2}~9', score: 0.6, checksum: isThaiCitizenNumber },
    ],
  },
  {
    name: 'PH_TIN',
    country: 'PH',
    description: 'A Philippine taxpayer identification number, beside a word for one.',
    example: '482-017-536-000',
    context: contextWords('tin bir taxpayer tax identification'),
    forms: [
      { template: '9{3}-9{3}-9{3}-9{3,5}', score: 0.3, withContext: 0.65 },
      { template: '9{3}-9{3}-9{3}', score: 0.1, withContext: 0.5 },
      { template: '9{12}', score: 0.01, withContext: 0.5 },
      { template: '9{14}', score: 0.01, withContext: 0.5 },
    ],
  },
];

/** Regional offices of the Road Traffic Authority: 11 (Seoul) to 28. */
function hasIssuingRegion(digits: string): boolean {
  const region = Number(digits.slice(0, 2));
  return region >= 11 && region <= 28;
}
