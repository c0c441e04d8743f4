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
  AUDIT_LOG_QUARANTINED: {
    status: 409,
    type: 'conflict',
    message:
      'The log contradicts itself in the database: it was changed there, or restored alone. Nothing is signed for it until those who run this server have put it back.',
  },
});

export const auditError = errorsOf(AUDIT_ERRORS);
