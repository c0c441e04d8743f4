// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how references are written
import fc from 'fast-check';
import { processorTime } from '../../platform/testing/processor-time.js';
import { referencesIn } from './reference.js';
import type { Lookup, PlacedVariable } from './resolution.js';
import { MAX_GROWTH_BYTES, resolveReferences } from './resolve-references.js';

const HERE = 'env_here';

/** Places by `project.environment`; foreign ones that are not there are missing. */
function lookupIn(places: Record<string, Record<string, string>>, forbidden: readonly string[] = []) {
  const asked: string[] = [];
  const lookup: Lookup = ({ project, environment, key }, from) => {
    const place = project === undefined ? from : `${project}.${environment}`;
    asked.push(`${from}: ${place}.${key}`);
    if (forbidden.includes(place)) return Promise.resolve({ status: 'forbidden' });
    const values = places[place] ?? {};
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    return Promise.resolve(
      value === undefined ? { status: 'missing' } : { status: 'found', place, key, value },
    );
  };
  return { lookup, asked };
}

const startsOf = (values: Record<string, string>): PlacedVariable[] =>
  Object.entries(values).map(([key, value]) => ({ place: HERE, key, value }));

async function resolved(
  values: Record<string, string>,
  elsewhere: Record<string, Record<string, string>> = {},
  forbidden: string[] = [],
) {
  const { lookup, asked } = lookupIn({ ...elsewhere, [HERE]: values }, forbidden);
  const resolution = await resolveReferences(startsOf(values), lookup);
  return {
    asked,
    values: Object.fromEntries(resolution.map(({ key, value }) => [key, value])),
    problems: Object.fromEntries(
      resolution.map(({ key, problems }) => [
        key,
        problems.map(({ reference, reason }) => `${reason} ${reference}`),
      ]),
    ),
  };
}

const chain = (length: number) =>
  Object.fromEntries(
    Array.from({ length: length + 1 }, (_, index) => [
      `V${index}`,
      index < length ? `\${V${index + 1}}` : 'end',
    ]),
  );

describe('references in a value', () => {
  it.each<[string, unknown[]]>([
    ['postgres://${USER}:${PASSWORD}@host', [{ key: 'USER' }, { key: 'PASSWORD' }]],
    ['${shop.production.KEY}', [{ project: 'shop', environment: 'production', key: 'KEY' }]],
    ['${My shop.eu-west 1.KEY}', [{ project: 'My shop', environment: 'eu-west 1', key: 'KEY' }]],
    ['${acme.com.production.KEY}', [{ project: 'acme.com', environment: 'production', key: 'KEY' }]],
    ['${shop."v1.2".KEY}', [{ project: 'shop', environment: 'v1.2', key: 'KEY' }]],
    ['${"a(b).c".dev.KEY}', [{ project: 'a(b).c', environment: 'dev', key: 'KEY' }]],
    ['${Zürich.prod.KEY}', [{ project: 'Zürich', environment: 'prod', key: 'KEY' }]],
    ['$KEY ${KEY:-x} ${} ${1A} ${a.KEY} ${.dev.KEY} ${a..KEY} $(KEY) ${A-B} ${ KEY }', []],
    ['$${KEY}', []],
    ['$$${KEY}', [{ key: 'KEY' }]],
    ['${A${B}}', [{ key: 'B' }]],
  ])('%s', (value, expected) => {
    const found = referencesIn(value);
    expect(found.map(({ text: _, start: __, end: ___, ...target }) => target)).toEqual(expected);
    for (const { text, start, end } of found) expect(value.slice(start, end)).toBe(text);
  });

  it('are found in linear time', () => {
    const spent = processorTime();
    for (const part of ['${', '$', '${a.', '${A}', '${"', '{', '${a b'])
      referencesIn(part.repeat(65_536 / part.length));
    expect(spent()).toBeLessThan(2_000);
  });
});

describe('resolved references', () => {
  it('follow one another, here and elsewhere, each seen from where it stands', async () => {
    const { values, problems } = await resolved(
      { URL: 'https://${HOST}:${shop.prod.PORT}', HOST: 'api.${DOMAIN}', DOMAIN: 'example.com' },
      { 'shop.prod': { PORT: '${BASE}1', BASE: '44' } },
    );
    expect(values.URL).toBe('https://api.example.com:441');
    expect(Object.values(problems).flat()).toEqual([]);
  });

  it('leave escaped ones and everything else as it is', async () => {
    const { values } = await resolved({ A: '$${B} $$${B} $$$${B} $$ $B ${B:-x} $${B:-x}', B: 'b' });
    expect(values.A).toBe('${B} $b $${B} $$ $B ${B:-x} $${B:-x}');
  });

  it('stay where they stand when they lead nowhere, and say so, also behind others', async () => {
    const { values, problems } = await resolved(
      { A: 'a${B}${NONE}', B: 'b${vault.prod.KEY}${other.prod.KEY}' },
      { 'vault.prod': { KEY: 'secret' } },
      ['vault.prod'],
    );
    expect(values.A).toBe('ab${vault.prod.KEY}${other.prod.KEY}${NONE}');
    expect(problems.A).toEqual([
      'forbidden ${vault.prod.KEY}',
      'missing ${other.prod.KEY}',
      'missing ${NONE}',
    ]);
  });

  it('stay where they close a circle, whatever the order of the starts', async () => {
    const values = { A: 'a${B}', B: 'b${C}', C: 'c${A}', D: 'd${A}', E: '${E}' };
    const forward = await resolved(values);
    expect(forward.values).toEqual({ A: 'a${B}', B: 'b${C}', C: 'c${A}', D: 'da${B}', E: '${E}' });
    expect(forward.problems.D).toEqual(['cycle ${B}']);
    const backward = await resolved(Object.fromEntries(Object.entries(values).reverse()));
    expect(backward.values).toEqual(forward.values);
    expect(backward.problems).toEqual(forward.problems);
  });

  it('go ten deep and no deeper', async () => {
    const values = chain(12);
    const all = await resolved(values);
    expect(all.values).toMatchObject({ V0: '${V1}', V1: '${V2}', V2: 'end', V11: 'end' });
    expect(all.problems).toMatchObject({ V0: ['depth ${V1}'], V1: ['depth ${V2}'], V2: [] });
    const { lookup, asked } = lookupIn({ [HERE]: values });
    const [first, second] = [
      await resolveReferences([{ place: HERE, key: 'V0', value: '${V1}' }], lookup),
      await resolveReferences([{ place: HERE, key: 'V2', value: '${V3}' }], lookup),
    ];
    expect([first[0]?.value, second[0]?.value]).toEqual(['${V1}', 'end']);
    expect(asked).toHaveLength(20);
  });

  it('are asked for once each', async () => {
    const { asked } = await resolved({ A: '${C}${C}', B: '${C}', C: '${D}', D: 'd' });
    expect(asked.sort()).toEqual([`${HERE}: ${HERE}.C`, `${HERE}: ${HERE}.C`, `${HERE}: ${HERE}.D`]);
  });

  it('make no bomb', async () => {
    const bomb = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [
        `V${index}`,
        index < 8 ? `\${V${index + 1}}`.repeat(100) : 'x'.repeat(100),
      ]),
    );
    const starts = Array.from({ length: 1000 }, (_, index) => [`S${index}`, '${V6}'] as const);
    const all = await resolved({ ...bomb, ...Object.fromEntries(starts) });
    const sizes = Object.values(all.values).map(({ length }) => length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536);
    const before = Object.values({ ...bomb, ...Object.fromEntries(starts) }).join('').length;
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(before + MAX_GROWTH_BYTES);
    expect(all.values.V7).toBe('x'.repeat(10_000));
    expect(all.problems.V6).toContain('too_large ${V7}');
  });

  it('follow ten thousand links and no more', async () => {
    let asked = 0;
    const lookup: Lookup = ({ key }) => {
      asked += 1;
      return Promise.resolve({ status: 'found', place: HERE, key, value: 'x' });
    };
    const value = Array.from({ length: 4_000 }, (_, index) => `\${K${index}}`).join('');
    const starts = ['A', 'B', 'C'].map((key) => ({ place: HERE, key, value }));
    const resolution = await resolveReferences(starts, lookup);
    expect(asked).toBe(10_000);
    expect(resolution.map(({ problems }) => problems.length)).toEqual([0, 0, 100]);
  });

  it('come out as a simple recursion says, on any graph', async () => {
    const key = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F');
    const part = fc.oneof(
      fc.constantFrom('$', '$$', 'x', '{', '}'),
      key.map((name) => `\${${name}}`),
    );
    const value = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, value, { noNullPrototype: true }), async (values) => {
        const { values: got } = await resolved(values);
        for (const [name, text] of Object.entries(values)) expect(got[name]).toBe(simply(values, name, text));
      }),
      { numRuns: 1000 },
    );
  });
});

const leadsTo = (
  values: Record<string, string>,
  from: string,
  to: string,
  seen = new Set<string>(),
): boolean =>
  referencesIn(values[from] ?? '').some(({ key }) => {
    if (key === to) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return leadsTo(values, key, to, seen);
  });

function simply(values: Record<string, string>, name: string, text: string): string {
  return text.replaceAll(/(\$+)\{([A-F])\}/g, (_, dollars: string, key: string) => {
    const kept = '$'.repeat(Math.floor(dollars.length / 2));
    if (dollars.length % 2 === 0) return `${kept}{${key}}`;
    const value = values[key];
    const isOpen = value === undefined || leadsTo(values, key, name) || key === name;
    return kept + (isOpen ? `\${${key}}` : simply(values, key, value));
  });
}
