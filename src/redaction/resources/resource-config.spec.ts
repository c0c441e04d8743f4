import * as fc from 'fast-check';
import { AppError } from '../../platform/errors/app-error.js';
import { detectors } from '../detection-options.js';
import { settleOptions } from '../text-options.js';
import type { ConfigChange, ResourceConfig } from './resource.js';
import { changeConfig, checkInput, checkTypes } from './resource-config.js';

const refusal = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code} ${error.details?.field} ${error.details?.constraint}`;
  }
};

describe('a change of settings', () => {
  it('keeps what it does not give, replaces what it gives, takes away what it nulls', () => {
    const stored = { timeout: 30, method: 'masking', deny_list: ['Nightingale'] };
    const change = { timeout: null, deny_list: ['Osprey'], template: undefined };
    expect(changeConfig(stored, change)).toEqual({ method: 'masking', deny_list: ['Osprey'] });
    expect(changeConfig(stored, {})).toEqual(stored);
    expect(changeConfig(stored)).toEqual(stored);
  });

  it('never stores null or undefined, whatever is given', () => {
    const value = fc.constantFrom<[unknown]>([null], [undefined], [1], ['x']);
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('timeout', 'method', 'template'), value), (fields) => {
        const change = Object.fromEntries(Object.entries(fields).map(([name, [held]]) => [name, held]));
        for (const held of Object.values(changeConfig({ timeout: 1 }, change as ConfigChange)))
          expect(held ?? 'nothing').not.toBe('nothing');
      }),
    );
  });
});

describe('settings', () => {
  it.each<[string, ConfigChange, string]>([
    ['none', {}, 'accepted'],
    ['a known type by either name', { entities: ['PERSON', 'EMAIL'] }, 'accepted'],
    ['an unknown type', { entities: ['EMAIL', 'NOSE'] }, 'VALIDATION_ERROR config.entities[1] enum'],
    [
      'a threshold of an unknown type',
      { thresholds: { NOSE: 1 } },
      'VALIDATION_ERROR config.thresholds.NOSE enum',
    ],
    [
      'a type twice, by two spellings',
      { thresholds: { PERSON: 0.5, PERSON_NAME: 0.6 } },
      'VALIDATION_ERROR config.thresholds unique',
    ],
    ['a template without variables', { template: '█' }, 'accepted'],
    ['a template with the value', { template: '[{text}]' }, 'VALIDATION_ERROR config.template variable'],
    [
      'a type of its own pattern',
      { entities: ['TICKET'], custom_patterns: [{ name: 'TICKET', pattern: 'T[0-9]+' }] },
      'accepted',
    ],
    [
      'a pattern that needs backtracking',
      { custom_patterns: [{ name: 'T', pattern: '(?=a)a' }] },
      'PATTERN_REFUSED config.custom_patterns[0].pattern not-linear',
    ],
    [
      'a pattern with a built-in name',
      { custom_patterns: [{ name: 'EMAIL', pattern: 'a' }] },
      'VALIDATION_ERROR config.custom_patterns[0].name reserved',
    ],
  ])('with %s: %s', (_, config, expected) => {
    expect(
      refusal(() => {
        checkInput({ config });
        checkTypes(changeConfig({}, config));
      }),
    ).toBe(expected);
  });

  it('that were accepted never make an operation fail', () => {
    const type = fc.constantFrom('PERSON', 'SSN', 'TICKET', 'NOSE', 'DENY_LIST');
    const configs = fc.record<ResourceConfig>(
      {
        entities: fc.array(type, { minLength: 1, maxLength: 4 }),
        thresholds: fc.dictionary(type, fc.double({ min: 0, max: 1, noNaN: true })),
        custom_patterns: fc.array(
          fc.record({
            name: fc.constantFrom('TICKET', 'URL', 'OTHER'),
            pattern: fc.constantFrom('T[0-9]+', '(a', 'a*', '\\bx{2,5}', '(?<=a)b'),
          }),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: [] },
    );
    let accepted = 0;
    fc.assert(
      fc.property(configs, (config) => {
        const outcome = refusal(() => {
          checkInput({ config });
          checkTypes(config);
        });
        if (outcome !== 'accepted') return;
        accepted += 1;
        expect(() => detectors(settleOptions({}, config))()).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
    expect(accepted).toBeGreaterThan(20);
  });
});
