import { writeDotenv } from '../dotenv/write-dotenv.js';
import { writeDocker } from './docker-writer.js';
import { writeJson } from './json-writer.js';
import { writeKubernetes } from './kubernetes-writer.js';
import { writeShell } from './shell-writer.js';
import type { Variable, VariableFormat, WriteOptions, WrittenVariables } from './variable-format.js';
import { writeYaml } from './yaml-writer.js';

type Writer = (variables: readonly Variable[], options: WriteOptions) => WrittenVariables;

const WRITERS: Record<VariableFormat, Writer> = {
  dotenv: (variables, { header }) => writeDotenv(variables, header),
  json: writeJson,
  yaml: writeYaml,
  kubernetes: writeKubernetes,
  docker: writeDocker,
  shell: writeShell,
};

const byKey = (a: Variable, b: Variable) => (a.key < b.key ? -1 : Number(a.key > b.key));

/**
 * Writes variables, sorted by key, as the readers of the format and `parseVariables` read them back identically. What a format
 * cannot carry is refused by name, and then nothing is written.
 * @param variables that `refusalOf` does not refuse, each key once
 */
export const writeVariables = (
  variables: readonly Variable[],
  format: VariableFormat,
  options: WriteOptions,
): WrittenVariables => WRITERS[format](variables.toSorted(byKey), options);
