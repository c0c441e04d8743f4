import fc from 'fast-check';
import type { AppError } from '../../../platform/errors/app-error.js';
import type { PromptVariable } from './prompt-variable.js';
import { type GivenValues, LONGEST_RENDERED, renderPrompt } from './render.js';
import { escapeTemplate } from './template.js';

const variable = (given: Partial<PromptVariable>): PromptVariable => ({
  ...{ name: 'x', type: 'textarea', label: null, required: true, default: null, options: [] },
  ...{ min: null, max: null, ...given },
});

const render = (given: Partial<PromptVariable>, values: GivenValues): string =>
  renderPrompt({ content: '<{{x}}>', variables: [variable(given)] }, values, {});

function faultOf(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
}

describe('a rendered prompt', () => {
  it('is its literal texts with the values between them, whatever these look like', () => {
    const texts = fc.string({ unit: fc.constantFrom('{{x}}', '{{', '}}', '\\{{', 'y', ' '), maxLength: 12 });
    const names = fc.constantFrom('x', 'y', 'z');
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: names, literal: texts.map((text) => `${text}.`) }), { maxLength: 8 }),
        fc.record({ x: texts, y: texts, z: texts }),
        (places, values) => {
          const content = places.map(({ name, literal }) => `{{${name}}}${escapeTemplate(literal)}`).join('');
          const variables = ['x', 'y', 'z'].map((name) => variable({ name, required: false }));
          const expected = places.map(({ name, literal }) => values[name] + literal).join('');
          expect(renderPrompt({ content, variables }, values, {})).toBe(expected);
        },
      ),
    );
  });

  it('takes no name of JavaScript for a value', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const prompt = { content: `{{${name}}}`, variables: [variable({ name, required: false })] };
      expect(renderPrompt(prompt, {}, {})).toBe('');
    }
  });

  it('has what the server fills in, as it is', () => {
    const prompt = { content: '{{USER_NAME}}, {{CURRENT_DATE}}', variables: [] };
    const builtIns = { USER_NAME: '{{CURRENT_DATE}}', CURRENT_DATE: '2026-03-15' };
    expect(renderPrompt(prompt, {}, builtIns)).toBe('{{CURRENT_DATE}}, 2026-03-15');
  });

  it.each<[Partial<PromptVariable>, GivenValues, string]>([
    [{ type: 'number', min: -1, max: 2.5 }, { x: 2.5 }, '<2.5>'],
    [{ type: 'boolean' }, { x: false }, '<false>'],
    [{ type: 'boolean', default: false }, {}, '<false>'],
    [{ type: 'date' }, { x: '2024-02-29' }, '<2024-02-29>'],
    [{ type: 'select', options: ['a', 'b'] }, { x: 'b' }, '<b>'],
    [{ default: 'b' }, { x: null }, '<b>'],
    [{ required: false }, { x: null }, '<>'],
    [{ max: 2 }, { x: '🚗🚗' }, '<🚗🚗>'],
  ])('of %j with %j is %s', (given, values, text) => {
    expect(render(given, values)).toBe(text);
  });

  it.each<[Partial<PromptVariable>, GivenValues, string]>([
    [{}, {}, 'required'],
    [{}, { x: null }, 'required'],
    [{}, { x: '' }, 'minLength'],
    [{ type: 'text' }, { x: 'a\nb' }, 'pattern'],
    [{ type: 'text' }, { x: 1 }, 'type'],
    [{ min: 3 }, { x: '🚗🚗' }, 'minLength'],
    [{ max: 1 }, { x: '🚗🚗' }, 'maxLength'],
    [{ type: 'number' }, { x: '1' }, 'type'],
    [{ type: 'number', min: 2 }, { x: 1 }, 'minimum'],
    [{ type: 'number', max: 2 }, { x: 3 }, 'maximum'],
    [{ type: 'boolean' }, { x: 'true' }, 'type'],
    [{ type: 'date' }, { x: '2026-02-30' }, 'format'],
    [{ type: 'date' }, { x: '2026-2-3' }, 'format'],
    [{ type: 'select', options: ['a'] }, { x: 'A' }, 'enum'],
  ])('of %j takes no %j: %s', (given, values, constraint) => {
    const { details, message } = faultOf(() => render(given, values));
    expect(details).toMatchObject({ field: 'values.x', constraint });
    expect(message).toContain("'values.x'");
  });

  it('knows no other values, and says which it knows', () => {
    const { details } = faultOf(() => render({}, { x: 'a', other: 'b' }));
    expect(details).toEqual({ field: 'values.other', constraint: 'unknown', allowed: ['x'] });
  });

  it('is refused before it is made where it would be too long', () => {
    const content = '{{x}}'.repeat(20_000);
    const value = 'a'.repeat(100);
    const { details } = faultOf(() => renderPrompt({ content, variables: [variable({})] }, { x: value }, {}));
    expect(details).toMatchObject({ field: 'values', constraint: 'maxLength' });
    const fits = 'a'.repeat(LONGEST_RENDERED / 20_000);
    expect(renderPrompt({ content, variables: [variable({})] }, { x: fits }, {})).toHaveLength(
      LONGEST_RENDERED,
    );
  });
});
