import { assertPrompt } from './prompt-rules.js';
import type { PromptVariable } from './prompt-variable.js';

const variable = (given: Partial<PromptVariable>): PromptVariable => ({
  ...{
    name: 'x',
    type: 'text',
    label: null,
    required: true,
    default: null,
    options: [],
    min: null,
    max: null,
  },
  ...given,
});

describe('a prompt and its variables', () => {
  it('fit where each place has a variable, and each variable a place', () => {
    expect(() => assertPrompt('{{x}} {{CURRENT_DATE}} {{USER_NAME}}', [variable({})])).not.toThrow();
    expect(() => assertPrompt('Nothing to fill in', [])).not.toThrow();
  });

  it.each<[string, string, Partial<PromptVariable>[], string, string]>([
    ['a place without a variable', '{{x}} {{y}}', [{}], 'content', 'declared'],
    ['a variable without a place', '{{x}}', [{}, { name: 'y' }], 'variables[1].name', 'used'],
    ['a name twice', '{{x}}', [{}, {}], 'variables[1].name', 'unique'],
    ['a name of the server', '{{USER_NAME}}', [{ name: 'USER_NAME' }], 'variables[0].name', 'reserved'],
    ['a select of nothing', '{{x}}', [{ type: 'select' }], 'variables[0].options', 'required'],
    [
      'choices of a number',
      '{{x}}',
      [{ type: 'number', options: ['1'] }],
      'variables[0].options',
      'unsupported',
    ],
    ['a choice twice', '{{x}}', [{ type: 'select', options: ['a', 'a'] }], 'variables[0].options', 'unique'],
    ['bounds of a day', '{{x}}', [{ type: 'date', min: 1 }], 'variables[0].min', 'unsupported'],
    ['half a length', '{{x}}', [{ max: 1.5 }], 'variables[0].max', 'type'],
    ['bounds that cross', '{{x}}', [{ type: 'number', min: 2, max: 1 }], 'variables[0].min', 'maximum'],
    [
      'a default out of bounds',
      '{{x}}',
      [{ type: 'number', default: 3, max: 2 }],
      'variables[0].default',
      'maximum',
    ],
    [
      'a default of another type',
      '{{x}}',
      [{ type: 'boolean', default: 'yes' }],
      'variables[0].default',
      'type',
    ],
  ])('do not fit with %s', (_, content, given, field, constraint) => {
    let thrown: unknown;
    try {
      assertPrompt(content, given.map(variable));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: 'VALIDATION_ERROR', details: { field, constraint } });
  });

  it('are told all names that are not declared', () => {
    expect(() => assertPrompt('{{a}} {{b}} {{a}}', [])).toThrow('declare: a, b.');
  });
});
