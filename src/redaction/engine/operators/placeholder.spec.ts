import * as fc from 'fast-check';
import { runToEnd } from '../cooperation.js';
import { Detector } from '../detector.js';
import { protect } from '../protection.js';
import { openDocument } from '../structure/open-document.js';
import { fillTemplate, numbered, unknownVariable } from './placeholder.js';

describe('a placeholder template', () => {
  it.each([
    ['[{type}]', undefined],
    ['█████', undefined],
    ['{{type}}', undefined],
    ['}{', undefined],
    ['{type}_{number}', undefined],
    ['{value}', '{value}'],
    ['[{type}:{text}]', '{text}'],
    ['{ type }', '{ type }'],
    ['{}', '{}'],
  ])('%s has the unknown variable %s', (template, expected) => {
    expect(unknownVariable(template)).toBe(expected);
  });

  it('is filled in one pass: what is filled in is not read again', () => {
    expect(fillTemplate('{type}{number}', '{number}', 7)).toBe('{number}7');
    expect(fillTemplate('{type}', '$&', undefined)).toBe('$&');
    expect(numbered('[{type}]')).toBe('[{type}_{number}]');
    expect(numbered('X')).toBe('X_{number}');
    expect(numbered('{number}')).toBe('{number}');
  });

  it('never leaves the value in its place, even when the template is the value', () => {
    const email = 'maria.garcia@example.com';
    const detector = new Detector({ minScore: 0.4 });
    fc.assert(
      fc.property(fc.oneof(fc.constant(email), fc.string({ maxLength: 100 })), (template) => {
        fc.pre(unknownVariable(template) === undefined && template !== '');
        const document = openDocument(`mail ${email} now`, 'text');
        const work = protect(document, detector, { method: 'redaction', placeholder: template });
        const { entities } = runToEnd(work);
        expect(entities.map(({ text }) => text)).toEqual([email]);
        expect(entities[0]?.replacement).not.toBe(email);
      }),
    );
  });
});
