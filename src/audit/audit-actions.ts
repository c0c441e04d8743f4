/** The kinds of events that administrators tell apart. */
export const AUDIT_CATEGORIES = [
  'authentication',
  'conversations',
  'files',
  'models',
  'administration',
  'system',
] as const;
export type AuditCategory = (typeof AUDIT_CATEGORIES)[number];

/** By category and resource, what can happen to the resource. */
const KNOWN: Readonly<Record<AuditCategory, Readonly<Record<string, readonly string[]>>>> = {
  authentication: {
    api_key: ['created', 'updated', 'rotated', 'revoked'],
    login_token: ['revoked'],
    user: [
      'logged_in',
      'login_failed',
      'logged_out',
      'password_changed',
      'password_reset_requested',
      'password_reset_issued',
      'password_reset',
    ],
  },
  conversations: {
    completion: ['created', 'blocked', 'previewed'],
    chat: [
      ...['created', 'updated', 'archived', 'unarchived', 'deleted', 'shared', 'unshared'],
      ...['read', 'exported', 'imported'],
    ],
    chat_message: ['created'],
    prompt: ['created', 'updated', 'deleted'],
    assistant: ['created', 'updated', 'deleted'],
  },
  files: {
    document: ['uploaded', 'previewed', 'redacted', 'indexed', 'deleted'],
    file: ['downloaded'],
    redaction: ['created', 'downloaded'],
    knowledge_base: ['created', 'updated', 'deleted', 'reindexed'],
    environment: [
      ...['created', 'updated', 'deleted', 'read', 'changed', 'imported', 'exported', 'copied', 'restored'],
    ],
    variable: ['created', 'updated', 'deleted', 'read', 'destroyed', 'rotation_reminded'],
    vault: ['guessed'],
  },
  models: {
    text: ['processed', 'detected', 'detokenized'],
    batch: ['accepted', 'processed', 'deleted'],
    token: ['erased'],
    privacy_budget: ['charged'],
  },
  administration: {
    organization: ['created', 'updated', 'deleted'],
    member: ['role_changed', 'removed', 'left'],
    invitation: ['created', 'accepted', 'revoked'],
    user: ['created', 'updated', 'role_changed', 'disabled', 'enabled', 'deleted'],
    project: [
      'created',
      'updated',
      'archived',
      'restored',
      'password_set',
      'password_changed',
      'password_removed',
      'shared',
      'share_changed',
      'unshared',
      'deleted',
    ],
    resource: ['created', 'updated', 'archived', 'deleted'],
    policy: ['updated', 'deleted'],
    config: ['updated'],
    upstream: ['created', 'updated', 'deleted'],
    tool: ['created', 'updated', 'deleted'],
    webhook: ['created', 'updated', 'rotated', 'pinged', 'redelivered', 'disabled', 'deleted'],
    settings: ['updated'],
    erasure: ['created', 'completed', 'failed', 'reapplied'],
    break_glass: ['opened', 'ended'],
  },
  system: {
    job: ['created', 'cancelled', 'retried'],
    task: ['cancelled', 'retried'],
    sandbox: ['renewed'],
    organization_key: ['rotated'],
    master_key: ['rotated'],
    audit_log: ['exported', 'restored', 'quarantined', 'released', 'retained'],
  },
};

/** Everything the audit log can say was done, `<resource>.<past tense>`, with its category. Code writes no other. */
export const AUDIT_ACTIONS: ReadonlyMap<string, AuditCategory> = new Map(
  AUDIT_CATEGORIES.flatMap((category) =>
    Object.entries(KNOWN[category]).flatMap(([resource, events]) =>
      events.map((event) => [`${resource}.${event}`, category] as const),
    ),
  ),
);

/** The actions of a category; a category that nothing of this version belongs to has none. */
export const actionsIn = (category: AuditCategory): string[] =>
  [...AUDIT_ACTIONS].filter(([, of]) => of === category).map(([action]) => action);
