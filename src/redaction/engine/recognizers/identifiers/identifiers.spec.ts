import * as fc from 'fast-check';
import { Detector, findAll } from '../../detector.js';
import type { Finding } from '../../finding.js';
import { IDENTIFIERS } from './catalogue.js';

const find = (
  text: string,
  minScore = 0.4,
  types?: readonly string[],
  labels: readonly string[] = [],
): Finding[] =>
  findAll(new Detector({ minScore, ...(types !== undefined && { types: new Set(types) }) }), {
    text,
    labels,
  });

const found = (text: string, minScore = 0.4, types?: readonly string[]): [string, string][] =>
  find(text, minScore, types).map(({ type, start, end }) => [type, text.slice(start, end)]);

const CONTEXT_TYPES = IDENTIFIERS.filter(({ forms }) => forms.length > 0);

describe('every identifier', () => {
  it.each(CONTEXT_TYPES.map((type) => [type.name, type] as const))(
    '%s is found beside one of its words',
    (name, type) => {
      const [word = ''] = type.context.keys();
      const text = `${word}: ${type.example}.`;
      expect(found(text, 0.4, [name])).toEqual([[name, type.example]]);
    },
  );

  it.each(CONTEXT_TYPES.map((type) => [type.name, type] as const))(
    '%s is not found inside a longer run',
    (name, type) => {
      const inside = find(`QQ${type.example}7Q`, 0.0001, [name]).filter(
        ({ start, end }) => end - start === type.example.length && start === 2,
      );
      expect(inside).toEqual([]);
    },
  );

  it('scores below the usual threshold where only one check digit speaks for it', () => {
    const all = 'ABA_ROUTING_NUMBER AU_ACN AU_TFN CA_SIN DE_LANR US_NPI UK_NHS NG_NIN PL_PESEL TH_TNIN'.split(
      ' ',
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{8,12}$/), (digits) => {
        expect(find(`the value ${digits} stands alone`, 0.4, all)).toEqual([]);
      }),
    );
  });
});

describe('among other things', () => {
  it.each([
    'commit 3f786850e387550fdab836ed7e6dc881de23001b of 2024-03-17T10:00:00Z',
    'request 8a6e0804-2bd0-4672-b79d-d97027f9071a took 1748503543012 ns, $ 12345678.90',
    'node 20.11.1, port 8080, build 20240317, v1.2.3-rc.4, SHA-256 of the plain text',
    'for 12 minutes at 24 degrees in 2024, between 10 and 12',
    'Phoenix, AZ 85001 and in case 2021 comes',
    'DATABASE_URL and REPORTED and ABSOLUTE are words in capitals',
  ])('there is no identifier in: %s', (text) => {
    const names = new Set(IDENTIFIERS.map(({ name }) => name));
    expect(find(text).filter(({ type }) => names.has(type))).toEqual([]);
  });

  it('a number of another script does not hide the one in it', () => {
    expect(found('여권번호는 M482K0175입니다', 0.0001, ['KR_PASSPORT'])).toEqual([
      ['KR_PASSPORT', 'M482K0175'],
    ]);
  });

  it('the type that the word beside it names is reported when several fit', () => {
    expect(found('routing number 061000227')).toEqual([['ABA_ROUTING_NUMBER', '061000227']]);
    expect(found('DE: Arztnummer 471829601')).toEqual([['DE_LANR', '471829601']]);
  });
});

describe('numbers behind a label', () => {
  it.each([
    ['MRN: KR-4820175', 'MEDICAL_RECORD_NUMBER', 'KR-4820175'],
    ['Medical record no. 00482017,', 'MEDICAL_RECORD_NUMBER', '00482017'],
    ['Patientennummer 482-017', 'MEDICAL_RECORD_NUMBER', '482-017'],
    ['Member ID: XKR482017536', 'HEALTH_PLAN_NUMBER', 'XKR482017536'],
    ['docket number 24-4820', 'CASE_NUMBER', '24-4820'],
    ['Aktenzeichen: 3 C 482/24', 'CASE_NUMBER', '3 C 482/24'],
    ['zu 12 StR 482/24 vom', 'CASE_NUMBER', '12 StR 482/24'],
    ['see XII ZR 48/24.', 'CASE_NUMBER', 'XII ZR 48/24'],
    ['S 12 KR 482/24', 'CASE_NUMBER', 'S 12 KR 482/24'],
  ])('are found: %s', (text, type, value) => {
    expect(found(text)).toEqual([[type, value]]);
  });

  it.each([
    'patient 482 of the chart 12',
    'our member 4820175 times',
    'policy_id: spol_01k9zq3v8x6m2n4p5r7s9t0w4a',
  ])('are not seen in: %s', (text) => {
    expect(found(text, 0.4, ['MEDICAL_RECORD_NUMBER', 'HEALTH_PLAN_NUMBER', 'CASE_NUMBER'])).toEqual([]);
  });

  it('are found under their key', () => {
    const types = find('KR482-A', 0.4, undefined, ['patient_id', 'patient', 'id']).map(({ type }) => type);
    expect(types).toEqual(['MEDICAL_RECORD_NUMBER']);
  });
});

describe('dates of birth', () => {
  it.each(['born 17 March 1982', 'DOB: 03/17/1982', 'geb. am 17.03.1982', 'née le 1982-03-17'])(
    'are found in: %s',
    (text) => {
      expect(found(text).map(([type]) => type)).toEqual(['DATE_OF_BIRTH']);
    },
  );

  it('are not the other dates of a person', () => {
    expect(found('born 1982-03-17, admitted 2024-03-17').map(([type]) => type)).toEqual([
      'DATE_OF_BIRTH',
      'DATE_TIME',
    ]);
  });
});
