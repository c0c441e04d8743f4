/** What each organization keeps a data key for: one a table that holds sealed values. */
export const PURPOSES = [
  'audit_logs',
  'users',
  'idempotency_keys',
  'batches',
  'batch_documents',
  'batch_results',
  'resource_versions',
  'token_scopes',
  'token_entries',
  'projects',
  'project_keys',
  'documents',
  'files',
  'redactions',
  'redaction_reports',
  'break_glass',
  'organizations',
  'invitations',
] as const;

/** What the instance itself keeps a key for: tables whose rows belong to no organization. */
export const INSTANCE_PURPOSES = [
  'ephemeral_keys',
  'grants',
  'user_lookups',
  'login_tokens',
  'configs',
] as const;
