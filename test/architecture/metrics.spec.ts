import { readFileSync } from 'node:fs';
import { measureRuntime, registry } from '../../src/platform/telemetry/metrics.js';

/** The rows of the table in the documentation: `name type labels`. */
function documented(): string[] {
  const text = readFileSync('docs/operations.md', 'utf8');
  const rows = text.matchAll(/^\| `(\w+)`\s*\| (\w+)\s*\|([^|]*)\|/gm);
  return [...rows].map(([, name, type, labels = '']) => {
    const names = [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label);
    return `${name} ${type} ${names.sort().join(' ')}`.trim();
  });
}

function measured(): string[] {
  measureRuntime();
  return registry.getMetricsAsArray().map((metric) => {
    const labels = 'labelNames' in metric ? (metric.labelNames as string[]) : [];
    return `${metric.name} ${metric.type} ${[...labels].sort().join(' ')}`.trim();
  });
}

afterAll(() => registry.clear());

describe('the table of metrics', () => {
  it('has every metric with its type and labels, and none that is not there', () => {
    expect(documented().sort()).toEqual(measured().sort());
  });
});
