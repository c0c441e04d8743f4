import * as fc from 'fast-check';
import { DEFAULT_THRESHOLD, type GivenOptions, type PolicyOptions, settleOptions } from './text-options.js';

const name = fc.constantFrom('A', 'B', 'C', 'D');
const names = fc.array(name, { maxLength: 4 });
const patterns = fc.array(fc.record({ name, pattern: fc.constantFrom('x', 'y') }), { maxLength: 3 });
const given: fc.Arbitrary<GivenOptions> = fc.record(
  {
    confidence_threshold: fc.constantFrom(0, 0.5, 1),
    entities: names,
    method: fc.constantFrom('redaction', 'masking'),
    preserve_context: fc.boolean(),
    allow_list: names,
    deny_list: names,
    custom_patterns: patterns,
  },
  { requiredKeys: [] },
);
const extras = fc.record(
  { thresholds: fc.constant({ A: 0.5 }), template: fc.constant('X'), timeout: fc.constant(9) },
  { requiredKeys: [] },
);
const policy: fc.Arbitrary<PolicyOptions> = fc
  .tuple(given, extras)
  .map(([options, more]) => ({ ...options, ...more }));

describe('settled options', () => {
  it('are the request’s where it says something, else the policy’s, else the server’s', () => {
    fc.assert(
      fc.property(given, policy, (request, rule) => {
        const settled = settleOptions(request, rule);
        expect(settled.method).toBe(request.method ?? rule.method ?? 'auto');
        expect(settled.preserve_context).toBe(request.preserve_context ?? rule.preserve_context ?? false);
        expect(settled.confidence_threshold).toBe(
          request.confidence_threshold ?? rule.confidence_threshold ?? DEFAULT_THRESHOLD,
        );
        expect(settled.entities).toEqual(request.entities ?? rule.entities);
        const { thresholds, template, timeout } = rule;
        expect(settled).toMatchObject(JSON.parse(JSON.stringify({ thresholds, template, timeout })));
      }),
    );
  });

  it('unite the lists of both: nothing is lost, nothing is added, nothing is twice', () => {
    fc.assert(
      fc.property(given, policy, (request, rule) => {
        const settled = settleOptions(request, rule);
        for (const list of ['allow_list', 'deny_list'] as const) {
          const both = new Set([...(request[list] ?? []), ...(rule[list] ?? [])]);
          expect([...settled[list]].sort()).toEqual([...both].sort());
        }
        const texts = (all: PolicyOptions['custom_patterns'] = []) => all.map((one) => JSON.stringify(one));
        const both = new Set([...texts(request.custom_patterns), ...texts(rule.custom_patterns)]);
        expect(new Set(texts(settled.custom_patterns))).toEqual(both);
        const first = settled.custom_patterns.slice(0, request.custom_patterns?.length ?? 0);
        expect(first).toEqual(request.custom_patterns ?? []);
      }),
    );
  });

  it('survive JSON unchanged', () => {
    fc.assert(
      fc.property(given, policy, (request, rule) => {
        const settled = settleOptions(request, rule, { id: 'res_1', version: 2 });
        expect(JSON.parse(JSON.stringify(settled))).toEqual(settled);
      }),
    );
  });
});
