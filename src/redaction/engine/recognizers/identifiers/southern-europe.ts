import { contextWords } from '../../context.js';
import {
  isItalianFiscalCode,
  isItalianVatCode,
  isSpanishNie,
  isSpanishNif,
  isTurkishIdentityNumber,
} from '../../validators/european-numbers.js';
import type { IdentifierType } from './identifier-type.js';

/** A digit of the codice fiscale, or the letter that stands for it where two people would share a code (omocodia). */
const DIGIT = '[0-9LMNP-V]';
const FISCAL_CODE = `A{6}${DIGIT}{2}[A-EHLMPRST]${DIGIT}{2}A${DIGIT}{3}A`;

export const SOUTHERN_EUROPE: readonly IdentifierType[] = [
  {
    name: 'ES_NIE',
    country: 'ES',
    description: "A foreigner's identification number in Spain.",
    example: 'Y4820170M',
    context: contextWords('nie extranjero extranjera identificación identidad número documento'),
    forms: [{ template: '[XYZ]9{7}-{0,1}A', score: 0.6, lower: 0.5, certain: true, checksum: isSpanishNie }],
  },
  {
    name: 'ES_NIF',
    country: 'ES',
    description: 'A Spanish identity and tax number (DNI, NIF).',
    example: '48201750Y',
    context: contextWords('nif dni documento nacional identidad identificación'),
    forms: [
      { template: '9{8}-{0,1}A', score: 0.6, lower: 0.4, certain: true, checksum: isSpanishNif },
      { template: '9{7}-{0,1}A', score: 0.3, lower: 0.2, checksum: isSpanishNif },
    ],
  },
  {
    name: 'ES_PASSPORT',
    country: 'ES',
    description: 'The number of a Spanish passport, beside a word for one.',
    example: 'PAD482017',
    context: contextWords('pasaporte passport pasaportes viaje'),
    forms: [{ template: 'A{3}9{6}', score: 0.05 }],
  },
  {
    name: 'IT_DRIVER_LICENSE',
    country: 'IT',
    description: 'The number of an Italian driving licence.',
    example: 'RM4820175K',
    context: contextWords('patente guida licenza driver driving license licence'),
    forms: [
      { template: 'A{2}9{7}A', score: 0.2, lower: 0.1 },
      { template: 'U1*{7}A', score: 0.2, lower: 0.1 },
    ],
  },
  {
    name: 'IT_FISCAL_CODE',
    country: 'IT',
    description: 'An Italian tax code (codice fiscale).',
    example: 'BNCLRA82D48H500F',
    context: contextWords('codice fiscale cf codicefiscale tessera sanitaria'),
    forms: [
      { template: FISCAL_CODE, score: 0.8, certain: true, checksum: isItalianFiscalCode },
      { template: FISCAL_CODE, score: 0.2, withContext: 0.6 },
    ],
  },
  {
    name: 'IT_IDENTITY_CARD',
    country: 'IT',
    description: 'The number of an Italian identity card, beside a word for one.',
    example: 'CA48201KR',
    context: contextWords('carta identità identita elettronica cie documento'),
    forms: [
      { template: 'A{2} {0,1}9{7}', score: 0.05, lower: 0.02 },
      { template: 'A{2}9{5}A{2}', score: 0.1, lower: 0.02 },
      { template: '9{7}A{2}', score: 0.05, lower: 0.02 },
    ],
  },
  {
    name: 'IT_PASSPORT',
    country: 'IT',
    description: 'The number of an Italian passport, beside a word for one.',
    example: 'YB4820175',
    context: contextWords('passaporto passport viaggio'),
    forms: [{ template: 'A{2}9{7}', score: 0.05 }],
  },
  {
    name: 'IT_VAT_CODE',
    country: 'IT',
    description: 'An Italian VAT number (partita IVA).',
    example: '04820175638',
    context: contextWords('piva partita iva p vat fattura'),
    forms: [
      { template: '9{11}', score: 0.15, checksum: isItalianVatCode },
      { template: 'IT_9{11}', score: 0.5, checksum: (text) => isItalianVatCode(text.slice(2)) },
    ],
  },
  {
    name: 'TR_LICENSE_PLATE',
    country: 'TR',
    description: 'A Turkish vehicle registration plate.',
    example: '35 KRT 482',
    context: contextWords('plaka plakası plakalı araç araba plate'),
    forms: [
      { template: '9{2}_A{1,3}_9{2,5}', score: 0.3, lower: 0.05, withContext: 0.6, accepts: hasProvince },
    ],
  },
  {
    name: 'TR_NATIONAL_ID',
    country: 'TR',
    description: 'A Turkish identity number (T.C. kimlik numarası).',
    example: '48201753684',
    context: contextWords('tc kimlik tckn vatandaşlık numarası nüfus'),
    forms: [{ template: '9{11}', score: 0.35, checksum: isTurkishIdentityNumber }],
  },
];

/** Provinces are numbered 01 to 81. */
function hasProvince(text: string): boolean {
  const province = Number(text.slice(0, 2));
  return province >= 1 && province <= 81;
}
