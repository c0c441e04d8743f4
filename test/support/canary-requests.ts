import type { Canaries } from './canaries.js';
import { formsOf } from './canary-forms.js';
import type { CanaryRequest } from './canary-request.js';
import { type Contract, type MediaType, type Operation, operationsOf } from './contract.js';

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly example?: unknown;
}

type Leaf = readonly (string | number)[];

/** Reads the next id for a path parameter: one that this run made, else what the contract shows. */
export type IdFor = (path: string, example: unknown) => string;

/** Bodies of an operation that are sent twice with one `Idempotency-Key` too. */
const SENT_AGAIN = 4;

/** Fields that are stored in clear, and what may stand between two words of one. */
const JOINTS: Readonly<Record<string, string>> = { name: '-', key: '_', keys: '_', remove: '_', tags: ' ' };

/** Things are made first and removed last, so that the requests between find them. */
const ORDER = ['post', 'get', 'patch', 'put', 'delete'];

const examplesOf = ({ example, examples }: MediaType): unknown[] => [
  ...(example === undefined ? [] : [example]),
  ...Object.values(examples ?? {}).map(({ value }) => value),
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The places of a body where no object or array stands. */
function leavesOf(value: unknown, at: Leaf = []): Leaf[] {
  if (!isObject(value)) return [at];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...at, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaced(value: unknown, [key, ...rest]: Leaf, change: (old: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? replaced(item, rest, change) : item));
  const record = isObject(value) ? value : {};
  return { ...record, [key]: replaced(record[key], rest, change) };
}

const valueAt = (value: unknown, leaf: Leaf): unknown =>
  leaf.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** An example that names what this run has made. */
function withIds(example: unknown, idFor: IdFor): unknown {
  const named = leavesOf(example).filter((leaf) => /^env_/.test(String(valueAt(example, leaf))));
  return named.reduce((body, leaf) => replaced(body, leaf, (id) => idFor('', id)), example);
}

/** One example with canaries in every way a client could put personal data into it. */
export function bodiesOf(example: unknown, operation: string, canaries: Canaries): string[] {
  const leaves = leavesOf(example);
  const place = (leaf: Leaf, how: string): string => `${operation} ${how} ${leaf.join('.')}`;
  const swap = (leaf: Leaf, change: (old: unknown) => unknown): string =>
    JSON.stringify(replaced(example, leaf, change));
  const texts = leaves.filter((leaf) => typeof valueAt(example, leaf) === 'string');
  const added = (leaf: Leaf, how: string, old: unknown): string => {
    // Names of things are stored in clear and say so: one word there, which can be told from what may not be.
    const joint = leaf.findLast((key) => typeof key === 'string' && key in JOINTS);
    if (joint === undefined) return `${String(old)} ${canaries.text(place(leaf, how))}`;
    return `${String(old)}${JOINTS[joint]}${canaries.word(place(leaf, how))}`;
  };
  const whole = texts.reduce((body, leaf) => replaced(body, leaf, (old) => added(leaf, 'in', old)), example);
  const object = isObject(example) && !Array.isArray(example) ? example : {};
  const stranger = {
    ...object,
    [canaries.word(`${operation} as field`, 'name')]: canaries.text(`${operation} in unknown field`),
  };
  return [
    JSON.stringify(example),
    JSON.stringify(whole),
    JSON.stringify(whole).slice(0, -2),
    JSON.stringify(stranger),
    `{"data": ${canaries.word(`${operation} as broken JSON`)}}`,
    JSON.stringify(canaries.text(`${operation} as whole body`)),
    ...texts.map((leaf) => swap(leaf, (old) => added(leaf, 'after', old))),
    ...leaves.map((leaf) => swap(leaf, () => canaries.word(place(leaf, 'for')))),
    ...leaves.map((leaf) => swap(leaf, () => [{ x: canaries.word(place(leaf, 'list for')) }])),
  ];
}

function parametersOf(contract: Contract, path: string, operation: Operation): Parameter[] {
  const shared = (contract.paths[path] as { parameters?: Parameter[] } | undefined)?.parameters ?? [];
  return [...shared, ...((operation.parameters ?? []) as Parameter[])].map((parameter) => {
    const name = parameter.$ref?.split('/').pop() ?? '';
    return (contract.components.parameters?.[name] as Parameter | undefined) ?? parameter;
  });
}

/** Targets of an operation: as the contract shows it, then each parameter in turn with a canary. */
function targetsOf(
  path: string,
  parameters: readonly Parameter[],
  idFor: IdFor,
  canaries: Canaries,
): string[] {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  const filled = inPath.reduce(
    (target, { name, example }) => target.replace(`{${name}}`, encodeURIComponent(idFor(path, example))),
    path,
  );
  const paths = inPath.flatMap(({ name }) =>
    [1, 40].map((times) =>
      path
        .replace(`{${name}}`, `Maria-${canaries.word(`${path} ${name}`)}`.repeat(times))
        .replaceAll(/\{\w+\}/g, 'x'),
    ),
  );
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const queries = query.map(({ name }) => `${filled}?${name}=${canaries.word(`${path}?${name}`)}`);
  const stranger = `${filled}?${canaries.word(`${path} as parameter`, 'name')}=${canaries.word(`${path}?unknown`)}`;
  return [filled, ...paths, ...queries, stranger];
}

/** What clients send beside body and target; nothing of it may be kept in clear. */
const headersFor = (operation: string, canaries: Canaries): Record<string, string> =>
  Object.fromEntries(
    [
      'user-agent',
      'referer',
      'cookie',
      'x-request-id',
      'accept-language',
      'traceparent',
      'if-match',
      'origin',
    ].map((name) => [name, canaries.word(`${operation} ${name}`)]),
  );

/** Every request for one contract, those that make things before those that use and remove them. Lazy: ids come up. */
export function* canaryRequests(
  contract: Contract,
  idFor: IdFor,
  canaries: Canaries,
): Generator<CanaryRequest> {
  const operations = operationsOf(contract).sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
  for (const { path, method, operation } of operations) {
    const name = `${method.toUpperCase()} ${path}`;
    const targets = targetsOf(path, parametersOf(contract, path, operation), idFor, canaries);
    const { 'multipart/form-data': form, ...content } = operation.requestBody?.content ?? {};
    const bodies = Object.values(content)
      .flatMap(examplesOf)
      .flatMap((example) => bodiesOf(withIds(example, idFor), name, canaries));
    const [filled = path] = targets;
    const request = { method: method.toUpperCase(), path };
    if (form) yield* formsOf({ ...request, target: filled }, idFor(path, 'proj_x'), canaries);
    for (const [index, body] of bodies.entries()) {
      yield { ...request, target: filled, body };
      if (index >= SENT_AGAIN) continue;
      const headers = {
        ...headersFor(name, canaries),
        'idempotency-key': canaries.word(`${name} idempotency-key`),
      };
      yield { ...request, target: filled, body, headers };
      yield { ...request, target: filled, body, headers };
    }
    for (const target of method === 'get' ? targets : [...targets.slice(1), filled])
      yield { ...request, target, headers: headersFor(name, canaries) };
  }
}
