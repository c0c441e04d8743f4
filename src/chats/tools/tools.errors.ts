import { errorsOf, platformError } from '../../platform/errors/app-error.js';
import { defineErrors } from '../../platform/errors/error-registry.js';

export const TOOLS_ERRORS = defineErrors({
  TOOLS_FULL: {
    status: 422,
    type: 'unprocessable',
    message: 'The organization has as many tools as one can have. Delete one first.',
  },
  TOOL_SECRET_UNREADABLE: {
    status: 422,
    type: 'unprocessable',
    message: 'A reference to a variable leads nowhere, or to a value that you may not read.',
  },
  EGRESS_REFUSED: {
    status: 422,
    type: 'unprocessable',
    message: 'Requests may not go there.',
  },
  TOOL_FUNCTION_UNKNOWN: {
    status: 422,
    type: 'unprocessable',
    message: 'The tool has no such function.',
  },
});

export const toolError = errorsOf(TOOLS_ERRORS);

/** Where tools are named by whoever may not use them. */
export const toolsDenied = () =>
  platformError('PERMISSION_DENIED', {
    message: "Naming tools in 'tool_ids' needs the permission tools:read.",
  });

/** @param at its place in `tool_ids` */
export const toolMissing = (at: number) =>
  platformError('NOT_FOUND', { details: { field: `tool_ids[${at}]`, constraint: 'exists' } });
