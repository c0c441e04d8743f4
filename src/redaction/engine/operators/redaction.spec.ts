import { Redaction, type RedactionOptions } from './redaction.js';

const explanation = { recognizer: 'r', rule: 'r', baseScore: 1 };
const entity = (type: string, text: string) => ({
  type,
  text,
  start: 0,
  end: text.length,
  score: 1,
  confidence: 0.99,
  explanation,
});

const placeholders = (values: readonly (readonly [string, string])[], options?: RedactionOptions) => {
  const redaction = new Redaction(options);
  return values.map(([type, text]) => redaction.replace(entity(type, text)).text);
};

describe('placeholders', () => {
  it('have the public type name, SSN its own form', () => {
    const values = [
      ['PERSON', 'John'],
      ['US_SSN', '1'],
      ['CREDIT_CARD', '2'],
      ['MY_TYPE', '3'],
    ] as const;
    expect(placeholders(values)).toEqual(['[PERSON_NAME]', '[SSN_REDACTED]', '[CREDIT_CARD]', '[MY_TYPE]']);
    expect(placeholders(values, { placeholder: '<{type}>' })[1]).toBe('<SSN>');
    expect(placeholders(values, { placeholder: '■' })).toEqual(['■', '■', '■', '■']);
  });

  it('are numbered by value, however it is spelled', () => {
    const values = [
      ['PERSON', 'John  Smith'],
      ['PERSON', 'ＪＯＨＮ\nsmith'],
      ['PERSON', 'Jon Smith'],
      ['US_SSN', 'John Smith'],
      ['PERSON', 'STRASSE'],
      ['PERSON', 'Straße'],
    ] as const;
    expect(placeholders(values, { preserveContext: true })).toEqual([
      '[PERSON_NAME_1]',
      '[PERSON_NAME_1]',
      '[PERSON_NAME_2]',
      '[SSN_1]',
      '[PERSON_NAME_3]',
      '[PERSON_NAME_3]',
    ]);
    expect(placeholders(values, { preserveContext: true, placeholder: 'X' }).slice(0, 4)).toEqual([
      'X_1',
      'X_1',
      'X_2',
      'X_3',
    ]);
  });

  it('take a type name literally', () => {
    expect(placeholders([['$&', 'x']], { placeholder: '{type}' })).toEqual(['$&']);
  });
});
