import { Detector, findAll } from './detector.js';
import { IDENTIFIERS } from './recognizers/identifiers/catalogue.js';
import { riskScore } from './risk.js';
import { SUPPORTED_TYPES } from './supported-types.js';

/** Labels of types that a key tells, whatever the value looks like. */
const LABELS: Readonly<Record<string, string>> = {
  PERSON: 'full_name',
  PASSWORD: 'password',
  AGE: 'age',
  DATE_OF_BIRTH: 'date_of_birth',
  MEDICAL_RECORD_NUMBER: 'mrn',
  HEALTH_PLAN_NUMBER: 'member_id',
};
/** What must stand behind a value for it to be one. */
const BEHIND: Readonly<Record<string, string>> = { TITLE: ' Maria Keller' };
const WORDS = new Map(IDENTIFIERS.map(({ name, context }) => [name, [...context.keys()][0] ?? '']));
const WITH_EXAMPLE = SUPPORTED_TYPES.filter(({ example }) => example !== null);

describe('the list of types', () => {
  it.each(WITH_EXAMPLE.map((type) => [type.name, type] as const))(
    'has an example of %s that is found',
    (name, { example }) => {
      const detector = new Detector({ minScore: 0.4, types: new Set([name]) });
      const label = LABELS[name] ?? WORDS.get(name) ?? 'value';
      const value = example ?? '';
      const text = `${value}${BEHIND[name] ?? ''}`;
      const findings = findAll(detector, { text, labels: [label] });
      expect(findings.map(({ type, start, end }) => [type, text.slice(start, end)])).toEqual([[name, value]]);
    },
  );

  it('names each type once', () => {
    const names = SUPPORTED_TYPES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has a weight for each type of its own judgement', () => {
    const weightless = SUPPORTED_TYPES.filter(
      ({ name }) => riskScore([name]) === riskScore(['A_CUSTOM_ONE']),
    );
    expect(weightless.map(({ name }) => name)).toEqual(['DENY_LIST']);
  });

  it('leaves to a general type what only those who name a country want apart', () => {
    const text = 'phone 0532 482 01 75';
    const types = findAll(new Detector({ minScore: 0.0001 }), { text, labels: [] }).map(({ type }) => type);
    expect(types).toEqual(['PHONE_NUMBER']);
  });
});
