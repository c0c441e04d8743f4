import { contextWords } from '../../context.js';
import {
  isGermanPostcode,
  isGermanTaxId,
  isGermanVatId,
  isHealthInsuranceNumber,
  isPensionNumber,
  isPhysicianNumber,
  isUnifiedTaxNumber,
  passesMachineReadableCheck,
  repeatsLikeGermanTaxId,
} from '../../validators/german-numbers.js';
import type { IdentifierType } from './identifier-type.js';

/** Signs of German serial numbers: no vowels but none that reads as another (§ 5 PAuswV, annex). */
const SERIAL = '[CFGHJKLMNPRTVWXYZ0-9]';

const TAX_ID = { checksum: isGermanTaxId, accepts: repeatsLikeGermanTaxId };

export const GERMANY: readonly IdentifierType[] = [
  {
    name: 'DE_BSNR',
    country: 'DE',
    description: "A German medical practice's number (Betriebsstättennummer).",
    example: '383456700',
    context: contextWords(
      'bsnr betriebsstättennummer betriebsstaettennummer betriebsstätte nbsnr arztpraxis praxis kbv',
    ),
    forms: [{ template: '9{9}', score: 0.05, withContext: 0.6, accepts: (text) => !text.startsWith('00') }],
  },
  {
    name: 'DE_FUEHRERSCHEIN',
    country: 'DE',
    description: 'The number of a German driving licence.',
    example: 'KL83456721X',
    context: contextWords(
      'führerschein fuehrerschein führerscheinnummer fahrerlaubnis fahrerlaubnisnummer driver driving licence license',
    ),
    forms: [
      { template: 'A{2}9{8}*', score: 0.3, lower: 0.1 },
      { template: 'A9{2}*{6}9*', score: 0.05, withContext: 0.5 },
    ],
  },
  {
    name: 'DE_HANDELSREGISTER',
    country: 'DE',
    description: 'An entry in a German commercial register.',
    example: 'HRB 48213',
    context: contextWords(
      'handelsregister handelsregisternummer amtsgericht registergericht register registernummer eingetragen',
    ),
    forms: [{ template: 'HR[AB]_9{1,6}', score: 0.5, lower: 0.3 }],
  },
  {
    name: 'DE_HEALTH_INSURANCE',
    country: 'DE',
    description: 'A German health insurance number (Krankenversichertennummer).',
    example: 'L204817360',
    context: contextWords(
      'kvnr krankenversichertennummer versichertennummer krankenkasse krankenversicherung krankenversicherungsnummer gesundheitskarte egk versicherte versicherter patient patientin health insurance',
    ),
    forms: [{ template: 'A9{9}', score: 0.35, lower: 0.2, checksum: isHealthInsuranceNumber }],
  },
  {
    name: 'DE_ID_CARD',
    country: 'DE',
    description: 'The number of a German identity card.',
    example: 'L30V71NK6',
    context: contextWords(
      'personalausweis personalausweisnummer ausweis ausweisnummer perso identity card dokumentennummer seriennummer',
    ),
    forms: [
      {
        template: `[CFGHJKLMNPRTVWXYZ]${SERIAL}{7}9`,
        score: 0.3,
        lower: 0.1,
        accepts: hasThreeDigits,
        checksum: passesMachineReadableCheck,
      },
      {
        template: `[CFGHJKLMNPRTVWXYZ]${SERIAL}{8}9`,
        score: 0.3,
        lower: 0.1,
        accepts: hasThreeDigits,
        checksum: passesMachineReadableCheck,
      },
      { template: 'T9{8}', score: 0.2 },
      {
        template: `[LMNPRTVWXYZ]${SERIAL}{8}`,
        score: 0.05,
        withContext: 0.5,
        onlyWithContext: true,
        accepts: hasThreeDigits,
      },
    ],
  },
  {
    name: 'DE_KFZ',
    country: 'DE',
    description: 'A German vehicle registration plate.',
    example: 'KL-RM 482',
    context: contextWords(
      'kennzeichen autokennzeichen kfz kraftfahrzeug fahrzeug nummernschild pkw lkw zugelassen halter plate',
    ),
    forms: [
      {
        template: '[A-ZÄÖÜ]{1,3}[- ]A{1,2}_9{1,4}[EH]{0,1}',
        score: 0.3,
        lower: 0.05,
        withContext: 0.6,
        accepts: hasPlateNumber,
      },
    ],
  },
  {
    name: 'DE_LANR',
    country: 'DE',
    description: "A German physician's lifelong number (Lebenslange Arztnummer).",
    example: '471829601',
    context: contextWords('lanr arztnummer arzt ärztin aerztin vertragsarzt kbv behandelnder'),
    forms: [{ template: '9{9}', score: 0.15, checksum: isPhysicianNumber }],
  },
  {
    name: 'DE_PASSPORT',
    country: 'DE',
    description: 'The number of a German passport.',
    example: 'C7KT401V0',
    context: contextWords(
      'reisepass reisepassnummer pass passnummer passport ausweisnummer dokumentennummer',
    ),
    forms: [
      {
        template: `[CFGHJKLMNPRTVWXYZ]${SERIAL}{7}9`,
        score: 0.3,
        lower: 0.1,
        accepts: hasThreeDigits,
        checksum: passesMachineReadableCheck,
      },
      {
        template: `[CFGHJK]${SERIAL}{8}`,
        score: 0.05,
        withContext: 0.5,
        onlyWithContext: true,
        accepts: hasThreeDigits,
      },
    ],
  },
  {
    name: 'DE_PLZ',
    country: 'DE',
    description: 'A German postcode, beside a word for one.',
    example: '67655',
    context: contextWords('plz postleitzahl postleitzahlen'),
    forms: [{ template: '9{5}', score: 0.05, withContext: 0.5, accepts: isGermanPostcode }],
  },
  {
    name: 'DE_SOCIAL_SECURITY',
    country: 'DE',
    description: 'A German pension insurance number (Rentenversicherungsnummer).',
    example: '53120779P040',
    context: contextWords(
      'rvnr rentenversicherungsnummer rentenversicherung sozialversicherungsnummer sozialversicherung sozialversicherungsausweis sv svnr versicherungsnummer vsnr',
    ),
    forms: [
      { template: '9{2}_9{6}_A_9{2}_9', score: 0.6, lower: 0.4, certain: true, checksum: isPensionNumber },
    ],
  },
  {
    name: 'DE_TAX_ID',
    country: 'DE',
    description: 'A German tax identification number (Steuer-ID).',
    example: '47036892816',
    context: contextWords(
      'steuer steuerid steuernummer steueridentifikationsnummer identifikationsnummer steueridnr idnr tin finanzamt tax taxid',
    ),
    forms: [
      { template: '9{11}', score: 0.3, ...TAX_ID },
      { template: '9{11}', score: 0.1, accepts: repeatsAtMostThrice, checksum: isGermanTaxId },
      { template: '9{2} 9{3} 9{3} 9{3}', score: 0.35, checksum: isGermanTaxId },
    ],
  },
  {
    name: 'DE_TAX_NUMBER',
    country: 'DE',
    description: 'A German tax number (Steuernummer), with slashes or in the unified form.',
    example: '151/815/08156',
    context: contextWords('steuernummer steuernr steuer stnr st finanzamt tax steuerbescheid'),
    forms: [
      { template: '9{2,3}/9{3}/9{4,5}', score: 0.3 },
      { template: '9{3}/9{4}/9{4}', score: 0.3 },
      { template: '9{13}', score: 0.1, accepts: isUnifiedTaxNumber },
      { template: '9{13}', score: 0.05, accepts: (text) => /^(?:0[1-9]|1[0-6])/.test(text) },
    ],
  },
  {
    name: 'DE_VAT_ID',
    country: 'DE',
    description: 'A German VAT identification number.',
    example: 'DE271834924',
    context: contextWords(
      'ust ustid ustidnr umsatzsteuer umsatzsteueridentifikationsnummer mwst vat vatid idnr rechnung',
    ),
    forms: [
      {
        template: 'DE[ .-]{0,1}9{3}[ .-]{0,1}9{3}[ .-]{0,1}9{3}',
        score: 0.6,
        lower: 0.5,
        certain: true,
        accepts: (text) => isGermanVatId(text.slice(2)),
      },
      { template: 'DE[ .-]{0,1}9{3}[ .-]{0,1}9{3}[ .-]{0,1}9{3}', score: 0.2, withContext: 0.55 },
    ],
  },
];

/** No digit occurs four times or more in any number that was given out. */
function repeatsAtMostThrice(digits: string): boolean {
  return !/(\d)(?:\d*\1){3}/.test(digits.slice(0, 10));
}

function hasThreeDigits(text: string): boolean {
  return text.replaceAll(/\D/g, '').length >= 3;
}

/** Numbers on plates have no leading zero. */
function hasPlateNumber(text: string): boolean {
  return !/^\D+0/.test(text);
}
