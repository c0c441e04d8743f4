import { invalidField } from '../../../platform/errors/app-error.js';
import { type BuiltIn, isBuiltIn, type PromptVariable, type VariableValue } from './prompt-variable.js';
import { parseTemplate, variablesOf } from './template.js';
import { valueText } from './variable-value.js';

/** Values as a request gives them; null is none. */
export type GivenValues = Readonly<Record<string, VariableValue | null>>;

/** Longest text that a prompt becomes, in UTF-16 code units. */
export const LONGEST_RENDERED = 1_000_000;

/** What of the built-in variables a template needs. */
export const builtInsOf = (content: string): BuiltIn[] =>
  variablesOf(parseTemplate(content)).filter(isBuiltIn);

/**
 * The template with values in their places, in one pass: what a value holds is text, whatever it looks like.
 * @throws AppError VALIDATION_ERROR that names the value which is missing, unknown or not what its variable takes
 */
export function renderPrompt(
  { content, variables }: { readonly content: string; readonly variables: readonly PromptVariable[] },
  values: GivenValues,
  builtIns: Readonly<Partial<Record<BuiltIn, string>>>,
): string {
  const texts = new Map<string, string>(Object.entries(builtIns));
  for (const variable of variables) texts.set(variable.name, textFor(variable, values));
  const names = variables.map(({ name }) => name);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownValue(unknown, names);
  const parts = parseTemplate(content).map((piece) =>
    typeof piece === 'string' ? piece : (texts.get(piece.variable) ?? ''),
  );
  if (parts.reduce((length, part) => length + part.length, 0) > LONGEST_RENDERED) throw tooLong();
  return parts.join('');
}

function textFor(variable: PromptVariable, values: GivenValues): string {
  const { name, required } = variable;
  const field = `values.${name}`;
  const given = Object.hasOwn(values, name) ? values[name] : undefined;
  const value = given ?? variable.default;
  if (value !== null) return valueText(variable, value, field);
  if (required)
    throw invalidField(field, 'required', `'${field}' is required: the prompt has no default for it.`);
  return '';
}

function unknownValue(name: string, names: readonly string[]) {
  const shown = (name.length > 64 ? `${name.slice(0, 64)}…` : name).toWellFormed();
  const allowed = names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has none.';
  return invalidField(
    `values.${shown}`,
    'unknown',
    `The prompt has no such variable: ${shown}. ${allowed}`,
    names,
  );
}

const tooLong = () =>
  invalidField('values', 'maxLength', `The prompt would become longer than ${LONGEST_RENDERED} characters.`);
