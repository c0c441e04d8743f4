import { errorsOf } from '../platform/errors/app-error.js';
import { defineErrors } from '../platform/errors/error-registry.js';

/** Errors of the audit log. */
export const AUDIT_ERRORS = defineErrors({
  AUDIT_ENTRY_PENDING: {
    status: 409,
    type: 'conflict',
    message:
      'The entry has no place in the log yet. It gets one about a second after it was written: ask again then.',
  },
});

export const auditError = errorsOf(AUDIT_ERRORS);
