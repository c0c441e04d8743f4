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
  AUDIT_SEGMENT_NOT_TAKEN: {
    status: 409,
    type: 'conflict',
    message:
      'The entries of this segment are still in the log: that they go was announced, and they go an hour later. Take them from GET audit-logs/export.',
  },
  AUDIT_SEGMENT_DELETED: {
    status: 409,
    type: 'conflict',
    message:
      "The entries of this segment were deleted, as the organization's settings said: their hashes are all there is. Segments of the status 'archived' can be read.",
  },
  AUDIT_SEGMENT_UNREADABLE: {
    status: 500,
    type: 'internal_error',
    message:
      'The archive of this segment is missing, or is not what it was, so none of it is sent. Ask the operator, and quote the request id.',
  },
});

export const auditError = errorsOf(AUDIT_ERRORS);
