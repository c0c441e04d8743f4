import { parseDotenv } from '../dotenv/parse-dotenv.js';
import { MAX_KEY, refusalOf } from '../variable.policy.js';
import { readDocker } from './docker-reader.js';
import { readJson } from './json-reader.js';
import { readKubernetes } from './kubernetes-reader.js';
import type { RawVariables } from './raw-variables.js';
import { readShell } from './shell-reader.js';
import type { ParsedVariable, ParsedVariables, RefusedVariable, VariableFormat } from './variable-format.js';
import { readYaml } from './yaml-reader.js';

function readDotenv(text: string): RawVariables {
  const { entries, refused } = parseDotenv(text);
  return { assignments: entries, refused };
}

const READERS: Record<VariableFormat, (text: string) => RawVariables> = {
  dotenv: readDotenv,
  json: readJson,
  yaml: readYaml,
  kubernetes: readKubernetes,
  docker: readDocker,
  shell: readShell,
};

function refusedByPolicy({ key, value, line }: ParsedVariable): RefusedVariable | undefined {
  const refusal = refusalOf(key, value);
  // A name of any length would make the answer as long as the file.
  return refusal && { key: key.length > MAX_KEY ? null : key, line, ...refusal };
}

const byLine = (a: RefusedVariable, b: RefusedVariable) => (a.line ?? 0) - (b.line ?? 0);

/**
 * Reads a file of variables. Nothing is executed, nothing expanded, and nothing skipped in silence: what cannot be taken is in
 * `refused` with the line and what to change. Values that another one of the same name replaces are held to the rules too.
 */
export function parseVariables(text: string, format: VariableFormat): ParsedVariables {
  const { assignments, refused } = READERS[format](text);
  const kept = new Map<string, ParsedVariable>();
  const duplicates: ParsedVariables['duplicates'] = [];
  const all = [...refused];
  for (const assignment of assignments) {
    const refusal = refusedByPolicy(assignment);
    if (refusal) {
      all.push(refusal);
      continue;
    }
    const earlier = kept.get(assignment.key);
    if (earlier) duplicates.push({ key: earlier.key, line: earlier.line });
    kept.delete(assignment.key);
    kept.set(assignment.key, assignment);
  }
  return { variables: [...kept.values()], duplicates, refused: all.sort(byLine) };
}
