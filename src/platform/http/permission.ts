/** What a member may be to an organization, or somebody else to a project that is shared with them. */
export const ORGANIZATION_ROLES = ['viewer', 'editor', 'admin'] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

/**
 * Who may have a permission: members of the request's organization from a role on, administrators of the whole instance, or
 * `anyone` who is not pending, for what belongs to the caller alone.
 */
export type Holder = OrganizationRole | 'instance' | 'anyone';

interface PermissionRow {
  readonly scope: string;
  readonly holder: Holder;
  /** Set for what is about people, whom a sandbox has none of: no test key holds it. */
  readonly liveOnly?: true;
}

const row = <Scope extends string>(scope: Scope, holder: Holder) => ({ scope, holder });
const liveRow = <Scope extends string>(scope: Scope, holder: Holder) =>
  ({ scope, holder, liveOnly: true }) as const;

/**
 * Everything there is to allow: who may hold it, and the scope that a credential needs besides. The contract shows each
 * operation's permission as `x-permission`; `GET permissions` shows the table.
 */
export const PERMISSION_TABLE = {
  detect: row('detect', 'viewer'),
  process: row('process', 'viewer'),
  batch: row('batch', 'viewer'),
  detokenize: row('detokenize', 'editor'),
  'projects:read': row('projects:read', 'viewer'),
  'projects:write': row('projects:write', 'editor'),
  'projects:delete': row('projects:write', 'admin'),
  'projects:share': liveRow('projects:write', 'admin'),
  'files:read': row('files:read', 'viewer'),
  'files:write': row('files:write', 'editor'),
  'secrets:read': row('secrets:read', 'viewer'),
  'secrets:reveal': row('secrets:read', 'editor'),
  'secrets:write': row('secrets:write', 'editor'),
  'secrets:delete': row('secrets:write', 'admin'),
  'crypto:write': row('crypto:write', 'admin'),
  'redaction:read': row('redaction:read', 'viewer'),
  'redaction:write': row('redaction:write', 'editor'),
  'knowledge:read': row('knowledge:read', 'viewer'),
  'knowledge:write': row('knowledge:write', 'editor'),
  'chat:read': row('chat:read', 'viewer'),
  'chat:write': row('chat:write', 'viewer'),
  'chat:publish': row('chat:write', 'editor'),
  'tools:read': row('tools:read', 'viewer'),
  'tools:write': row('tools:write', 'editor'),
  'models:read': row('models:read', 'viewer'),
  'completions:read': row('completions:read', 'viewer'),
  'completions:write': row('completions:write', 'admin'),
  'jobs:read': row('jobs:read', 'viewer'),
  'jobs:write': row('jobs:write', 'viewer'),
  'audit:read': row('audit:read', 'viewer'),
  'erasures:read': row('erasures:read', 'admin'),
  'erasures:write': row('erasures:write', 'admin'),
  'webhooks:read': row('webhooks:read', 'admin'),
  'webhooks:write': row('webhooks:write', 'admin'),
  'auth:read': liveRow('auth:read', 'anyone'),
  'auth:write': liveRow('auth:write', 'anyone'),
  'api_keys:read': row('auth:read', 'anyone'),
  'api_keys:write': row('auth:write', 'anyone'),
  'organizations:read': row('organizations:read', 'anyone'),
  'organizations:write': liveRow('organizations:write', 'anyone'),
  'organizations:manage': liveRow('organizations:write', 'admin'),
  'user:read': row('user:read', 'instance'),
  'admin:read': row('admin:read', 'instance'),
  'admin:write': row('admin:write', 'instance'),
  'metrics:read': row('metrics:read', 'instance'),
} as const satisfies Record<string, PermissionRow>;

export type Permission = keyof typeof PERMISSION_TABLE;
export type Scope = (typeof PERMISSION_TABLE)[Permission]['scope'];

export const PERMISSIONS = Object.keys(PERMISSION_TABLE) as Permission[];

/** What a credential can be limited to, each once, in the table's order. */
export const SCOPES: readonly Scope[] = [...new Set(PERMISSIONS.map((name) => PERMISSION_TABLE[name].scope))];

/** Who may call an operation: holders of a permission, anyone with a valid credential, or anyone. */
export type Access = Permission | 'authenticated' | 'public';

/** Whether no test key holds a permission, whatever its scopes. */
export const isLiveOnly = (permission: Permission): boolean => {
  const { liveOnly }: PermissionRow = PERMISSION_TABLE[permission];
  return liveOnly === true;
};

/** What can be given for one project alone, as a share does: whatever is about things in projects. */
const OF_PROJECTS: readonly Permission[] = [
  'detect',
  'process',
  'batch',
  'detokenize',
  'projects:read',
  'projects:write',
  'projects:delete',
  'projects:share',
  'files:read',
  'files:write',
  'secrets:read',
  'secrets:reveal',
  'secrets:write',
  'secrets:delete',
  'redaction:read',
  'redaction:write',
  'knowledge:read',
  'knowledge:write',
  'chat:read',
  'chat:write',
  'models:read',
  'completions:read',
  'completions:write',
  'jobs:read',
  'jobs:write',
  'audit:read',
];

export const isOfProjects = (permission: Permission): boolean => OF_PROJECTS.includes(permission);

/** Whether a role has at least the rights of another. */
export const reaches = (role: OrganizationRole | undefined, least: OrganizationRole): boolean =>
  role !== undefined && ORGANIZATION_ROLES.indexOf(role) >= ORGANIZATION_ROLES.indexOf(least);
