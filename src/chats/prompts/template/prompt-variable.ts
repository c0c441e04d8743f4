/** What a variable's value is: one line, several lines, a number, yes or no, a day, or one of some choices. */
export const VARIABLE_TYPES = ['text', 'textarea', 'number', 'boolean', 'date', 'select'] as const;
export type VariableType = (typeof VARIABLE_TYPES)[number];

export type VariableValue = string | number | boolean;

/** A variable of a prompt, which whoever uses the prompt gives a value. */
export interface PromptVariable {
  readonly name: string;
  readonly type: VariableType;
  /** What people are asked for. */
  readonly label: string | null;
  readonly required: boolean;
  /** The value where none is given. */
  readonly default: VariableValue | null;
  /** The choices of a `select`; none of any other. */
  readonly options: readonly string[];
  /** Bounds of a number, or of a text's length in code points. */
  readonly min: number | null;
  readonly max: number | null;
}

/** Most variables of one prompt, and most choices of one variable. */
export const MOST_VARIABLES = 50;
export const MOST_OPTIONS = 100;
export const LONGEST_OPTION = 200;
/** Longest value of one variable, in UTF-16 code units. */
export const LONGEST_VALUE = 100_000;

/** Variables that the server knows the values of: the day and time of rendering in UTC, and the full name of who asks. */
export const BUILT_INS = ['CURRENT_DATE', 'CURRENT_TIME', 'USER_NAME'] as const;
export type BuiltIn = (typeof BUILT_INS)[number];

export const isBuiltIn = (name: string): name is BuiltIn => (BUILT_INS as readonly string[]).includes(name);
