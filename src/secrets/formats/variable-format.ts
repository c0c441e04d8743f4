export const VARIABLE_FORMATS = ['dotenv', 'json', 'yaml', 'kubernetes', 'docker', 'shell'] as const;

/**
 * `dotenv` what npm dotenv, python-dotenv and a shell's `source` all read · `json` one flat object · `yaml` one flat mapping ·
 * `kubernetes` a Secret manifest · `docker` the file of `docker run --env-file` · `shell` lines of `export` for POSIX shells.
 */
export type VariableFormat = (typeof VARIABLE_FORMATS)[number];

export interface Variable {
  readonly key: string;
  readonly value: string;
}

export interface ParsedVariable extends Variable {
  /** Where it stands in the file, counted from 1; null where that is not known. */
  readonly line: number | null;
}

/** What of a file was not taken. */
export interface RefusedVariable {
  /** Null where no name could be made out. */
  readonly key: string | null;
  readonly line: number | null;
  readonly reason: string;
  /** Says what to change; never holds the value. */
  readonly message: string;
}

export interface ParsedVariables {
  /** Each key once, with the value that stands last in the file, in the order of the file. */
  readonly variables: ParsedVariable[];
  /** Every place whose value another one further down replaced. */
  readonly duplicates: { readonly key: string; readonly line: number | null }[];
  readonly refused: RefusedVariable[];
}

/** A variable that a format cannot carry so that it is read back identically. */
export interface UncarriedVariable {
  readonly key: string;
  readonly reason: string;
  readonly message: string;
}

export interface WrittenVariables {
  /** Empty when something was refused. */
  readonly text: string;
  readonly refused: UncarriedVariable[];
}

export interface WriteOptions {
  /** Lines of a comment on top, in formats that have comments. */
  readonly header: readonly string[];
  /** Of the environment; a Kubernetes Secret is named after it. */
  readonly name: string;
}
