/**
 * Everything a credential can be allowed to do; `<module>:read` and `<module>:write` unless the operation has a
 * scope of its own. The contract shows each operation's permission as `x-permission`.
 */
export const PERMISSIONS = ['detect', 'process', 'batch', 'audit:read', 'auth:read', 'auth:write'] as const;

export type Permission = (typeof PERMISSIONS)[number];
