import type { UncarriedVariable, VariableFormat } from '../formats/variable-format.js';
import type { ReferenceProblem } from '../references/resolution.js';
import { secretsError } from '../secrets.errors.js';

/** Variables that an error names. */
const MOST_NAMED = 10;

const listed = (parts: readonly string[]): string => {
  const more = parts.length - MOST_NAMED;
  return `${parts.slice(0, MOST_NAMED).join(' ')}${more > 0 ? ` And ${more} more.` : ''}`;
};

/** The 422 for variables that a format cannot carry, the first ten of them by name. */
export function exportRefused(format: VariableFormat, refused: readonly UncarriedVariable[]) {
  const [first] = refused;
  const parts = refused.map(({ key, message }) => `${key}: ${message}`);
  const message = `${format} cannot carry ${refused.length} of the variables. ${listed(parts)}`;
  return secretsError('EXPORT_REFUSED', {
    message,
    ...(first && { details: { field: first.key, constraint: first.reason.toLowerCase() } }),
  });
}

/** The 422 for references that lead nowhere, the first ten of them by name. */
export function referencesUnresolved(problems: readonly (ReferenceProblem & { readonly key: string })[]) {
  const [first] = problems;
  const parts = problems.map(({ key, reference, reason }) => `${key}: ${reference} is ${reason}.`);
  const message = `${problems.length} references cannot be resolved. ${listed(parts)}`;
  return secretsError('REFERENCES_UNRESOLVED', {
    message,
    ...(first && { details: { field: first.key, constraint: first.reason.toLowerCase() } }),
  });
}
