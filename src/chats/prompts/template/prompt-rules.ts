import { type AppError, invalidField } from '../../../platform/errors/app-error.js';
import { BUILT_INS, isBuiltIn, LONGEST_VALUE, type PromptVariable } from './prompt-variable.js';
import { parseTemplate, variablesOf } from './template.js';
import { valueText } from './variable-value.js';

/**
 * A template and its variables fit each other: each place has a variable or a built-in one, each variable a place, and what a
 * variable says of itself goes together.
 * @throws AppError VALIDATION_ERROR that names what does not
 */
export function assertPrompt(content: string, variables: readonly PromptVariable[]): void {
  const used = variablesOf(parseTemplate(content));
  const declared = new Set<string>();
  for (const [index, variable] of variables.entries()) {
    const field = `variables[${index}]`;
    if (isBuiltIn(variable.name)) throw reserved(field);
    if (declared.has(variable.name)) throw twice(field, variable.name);
    declared.add(variable.name);
    if (!used.includes(variable.name)) throw unused(field, variable.name);
    assertVariable(variable, field);
  }
  const undeclared = used.filter((name) => !declared.has(name) && !isBuiltIn(name));
  if (undeclared.length > 0) throw unknown(undeclared);
}

function assertVariable(variable: PromptVariable, field: string): void {
  const { type, options, min, max } = variable;
  if (type === 'select' && options.length === 0)
    throw invalidField(
      `${field}.options`,
      'required',
      `'${field}.options' must hold the choices of a select.`,
    );
  if (type !== 'select' && options.length > 0)
    throw invalidField(
      `${field}.options`,
      'unsupported',
      `'${field}.options' are for variables of type select.`,
    );
  if (new Set(options).size < options.length)
    throw invalidField(`${field}.options`, 'unique', `'${field}.options' must hold each choice once.`);
  assertBounds(variable, field);
  if (min !== null && max !== null && min > max)
    throw invalidField(`${field}.min`, 'maximum', `'${field}.min' must be at most '${field}.max'.`);
  if (variable.default !== null) valueText(variable, variable.default, `${field}.default`);
}

function assertBounds(variable: PromptVariable, field: string): void {
  const isText = variable.type === 'text' || variable.type === 'textarea';
  for (const name of ['min', 'max'] as const) {
    const bound = variable[name];
    if (bound === null) continue;
    if (!isText && variable.type !== 'number') {
      const message = `'${field}.${name}' is for numbers, and for the length of texts.`;
      throw invalidField(`${field}.${name}`, 'unsupported', message);
    }
    if (isText && !(Number.isInteger(bound) && bound >= 0 && bound <= LONGEST_VALUE)) {
      const message = `'${field}.${name}' must be a length: a whole number from 0 to ${LONGEST_VALUE}.`;
      throw invalidField(`${field}.${name}`, 'type', message);
    }
  }
}

const reserved = (field: string): AppError =>
  invalidField(
    `${field}.name`,
    'reserved',
    `'${field}.name' is one of those that the server fills in, which need no declaration: ${BUILT_INS.join(', ')}.`,
  );

const twice = (field: string, name: string): AppError =>
  invalidField(`${field}.name`, 'unique', `'${field}.name': the variable ${name} is declared already.`);

const unused = (field: string, name: string): AppError =>
  invalidField(`${field}.name`, 'used', `'${field}.name': 'content' has no {{${name}}}.`);

const unknown = (names: readonly string[]): AppError =>
  invalidField(
    'content',
    'declared',
    `'content' uses what 'variables' does not declare: ${names.slice(0, 20).join(', ')}. The server fills in ${BUILT_INS.join(', ')}.`,
  );
