import { commentLine } from '../dotenv/write-dotenv.js';
import { textOfLines } from './text-of-lines.js';
import type { UncarriedVariable, Variable, WriteOptions, WrittenVariables } from './variable-format.js';
import { yamlString } from './yaml-writer.js';

/** Kubernetes' validation of Secrets: characters of a key, and bytes of all values together. */
const MAX_KEY = 253;
const MAX_SECRET_BYTES = 1_048_576;
/** DNS-1123 label. */
const MAX_LABEL = 63;
const NO_NAME = 'environment';

/** A name that Kubernetes takes, as like the given one as can be. */
export function dnsLabel(name: string): string {
  const ascii = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const label = ascii
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, MAX_LABEL)
    .replace(/-$/, '');
  return label === '' ? NO_NAME : label;
}

/** Sums up, so that the values that go beyond are those named. */
function* refusals(variables: readonly Variable[]): Generator<UncarriedVariable> {
  let bytes = 0;
  for (const { key, value } of variables) {
    bytes += Buffer.byteLength(value);
    if (key.length > MAX_KEY) {
      const message = `Kubernetes takes keys of up to ${MAX_KEY} characters. Shorten the key, or export as json, yaml or shell.`;
      yield { key, reason: 'KEY_TOO_LONG', message };
    }
    if (bytes > MAX_SECRET_BYTES) {
      const message =
        'With this value the Secret is larger than the 1 MiB that Kubernetes takes. Export as json, yaml or shell.';
      yield { key, reason: 'SECRET_TOO_LARGE', message };
    }
  }
}

/** A Secret manifest that `kubectl apply` takes, named after the environment. */
export function writeKubernetes(
  variables: readonly Variable[],
  { header, name }: WriteOptions,
): WrittenVariables {
  const data = variables.map(
    ({ key, value }) => `  ${yamlString(key)}: ${yamlString(Buffer.from(value).toString('base64'))}`,
  );
  const lines = [
    ...header.map(commentLine),
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${yamlString(dnsLabel(name))}`,
    'type: Opaque',
    ...(data.length === 0 ? ['data: {}'] : ['data:', ...data]),
  ];
  return textOfLines(lines, [...refusals(variables)]);
}
