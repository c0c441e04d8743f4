import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

/** Most variables that an environment holds. */
export const MOST_VARIABLES = 5_000;

export const SECRETS_ERRORS = defineErrors({
  ENVIRONMENT_EXISTS: {
    status: 409,
    type: 'conflict',
    message: 'The project has an environment of that name. Choose another name.',
  },
  VARIABLE_EXISTS: {
    status: 409,
    type: 'conflict',
    message: 'The environment has a variable of that key. Change that one, or choose another key.',
  },
  TOO_MANY_VARIABLES: {
    status: 422,
    type: 'unprocessable',
    message: `An environment holds ${MOST_VARIABLES} variables at most. Delete some, or make another environment.`,
  },
  VERSION_IN_USE: {
    status: 422,
    type: 'unprocessable',
    message: 'This version is the one in use. Give the variable a new value first, or delete the variable.',
  },
  VERSION_DESTROYED: {
    status: 422,
    type: 'unprocessable',
    message: 'A version that held then was destroyed for good, so the environment cannot be what it was.',
  },
  IMPORT_REFUSED: {
    status: 400,
    type: 'validation_error',
    message: 'The file holds what is no variable. Nothing was imported; a preview lists every place.',
  },
  EXPORT_REFUSED: {
    status: 422,
    type: 'unprocessable',
    message:
      'The format cannot carry every variable so that it is read back the same. Choose another format.',
  },
  TOO_MANY_GUESSES: {
    status: 429,
    type: 'rate_limit_exceeded',
    message:
      'Too many texts began like secrets of the organization and went on otherwise. Wait as long as Retry-After says.',
  },
  REFERENCES_UNRESOLVED: {
    status: 422,
    type: 'unprocessable',
    message:
      'References in the values lead nowhere. Correct them, or ask for the values as they are written.',
  },
});

export const secretsError = errorsOf(SECRETS_ERRORS);
