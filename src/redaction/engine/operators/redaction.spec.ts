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

  it('are numbered where the template says so', () => {
    const values = [
      ['PERSON', 'John'],
      ['US_SSN', '1'],
      ['PERSON', 'JOHN'],
      ['PERSON', 'Ada'],
    ] as const;
    expect(placeholders(values, { placeholder: '<{type}#{number}>' })).toEqual([
      '<PERSON_NAME#1>',
      '<SSN#1>',
      '<PERSON_NAME#1>',
      '<PERSON_NAME#2>',
    ]);
    expect(placeholders(values, { placeholder: '{number}' })).toEqual(['1', '2', '1', '3']);
    expect(placeholders(values, { placeholder: '{number}/{type}', preserveContext: true })[3]).toBe(
      '2/PERSON_NAME',
    );
  });

  it('take a type name literally', () => {
    expect(placeholders([['$&', 'x']], { placeholder: '{type}' })).toEqual(['$&']);
  });
});
