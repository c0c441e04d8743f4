/**
 * Everything a credential can be allowed to do; `<module>:read` and `<module>:write` unless the operation has a
 * scope of its own. The contract shows each operation's permission as `x-permission`.
 */
export const PERMISSIONS = [
  'detect',
  'process',
  'batch',
  'detokenize',
  'projects:read',
  'projects:write',
  'files:read',
  'files:write',
  'crypto:write',
  'redaction:read',
  'redaction:write',
  'jobs:read',
  'jobs:write',
  'audit:read',
  'auth:read',
  'auth:write',
  'metrics:read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** Who may call an operation: holders of a permission, anyone with a valid credential, or anyone. */
export type Access = Permission | 'authenticated' | 'public';
