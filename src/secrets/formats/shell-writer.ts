import { commentLine } from '../dotenv/write-dotenv.js';
import { textOfLines } from './text-of-lines.js';
import type { UncarriedVariable, Variable, WriteOptions, WrittenVariables } from './variable-format.js';

/** Names that bash sets itself: an assignment fails, or what is read afterwards is something else. */
const OF_BASH = new Set(
  (
    '_ BASHOPTS BASHPID BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_COMMAND BASH_LINENO BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO DIRSTACK ' +
    'EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD LINENO OPTIND PPID RANDOM SECONDS SHELLOPTS SRANDOM UID'
  ).split(' '),
);

const KEPT_BY_SHELL = {
  reason: 'KEY_KEPT_BY_SHELL',
  message: 'Shells keep this name for themselves. Rename the variable, or export as json or yaml.',
};

const refusalOf = ({ key }: Variable): UncarriedVariable[] =>
  OF_BASH.has(key) ? [{ key, ...KEPT_BY_SHELL }] : [];

const quoted = (value: string) => `'${value.replaceAll("'", String.raw`'\''`)}'`;

/** Lines of `export` for every POSIX shell: in single quotes nothing is expanded. */
export const writeShell = (variables: readonly Variable[], { header }: WriteOptions): WrittenVariables =>
  textOfLines(
    [...header.map(commentLine), ...variables.map(({ key, value }) => `export ${key}=${quoted(value)}`)],
    variables.flatMap(refusalOf),
  );
