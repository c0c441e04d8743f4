import { isMap, isScalar } from 'yaml';
import { type RawVariables, unreadable } from './raw-variables.js';
import type { ParsedVariable, RefusedVariable } from './variable-format.js';
import { entriesOf, openYaml, type YamlSource } from './yaml-source.js';

const NO_SECRET = 'Send one Kubernetes manifest of kind Secret with data or stringData.';
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded({ key, value, line }: ParsedVariable): ParsedVariable | RefusedVariable {
  const base64 = value.replaceAll(/[\r\n]/g, '').trim();
  if (!BASE64.test(base64)) {
    return {
      key,
      line,
      reason: 'VALUE_NOT_BASE64',
      message: 'Write the value under data in base64, or move it to stringData.',
    };
  }
  try {
    return { key, value: utf8.decode(Buffer.from(base64, 'base64')), line };
  } catch {
    return {
      key,
      line,
      reason: 'VALUE_NOT_TEXT',
      message: 'The value is no UTF-8 text. Encode it, for example in base64 once more.',
    };
  }
}

function sectionOf({ top, lineOf }: YamlSource, name: string): RawVariables | undefined {
  const section = top.get(name, true) as unknown;
  if (section === undefined || (isScalar(section) && section.value === null))
    return { assignments: [], refused: [] };
  return isMap(section) ? entriesOf(section, lineOf) : undefined;
}

/**
 * Reads `data` and `stringData` of a Secret manifest, YAML or JSON. A name in both has the value of `stringData`, as in
 * Kubernetes.
 */
export function readKubernetes(text: string): RawVariables {
  const source = openYaml(text);
  if (!('top' in source)) return source.refused.length > 0 ? source : unreadable('SHAPE_UNKNOWN', NO_SECRET);
  const data = sectionOf(source, 'data');
  const stringData = sectionOf(source, 'stringData');
  if (source.top.get('kind') !== 'Secret' || !data || !stringData)
    return unreadable('SHAPE_UNKNOWN', NO_SECRET);
  const values = data.assignments.map(decoded);
  return {
    assignments: [
      ...values.filter((value): value is ParsedVariable => 'value' in value),
      ...stringData.assignments,
    ],
    refused: [
      ...data.refused,
      ...values.filter((value): value is RefusedVariable => 'reason' in value),
      ...stringData.refused,
    ],
  };
}
