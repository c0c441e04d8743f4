const PROJECT = 'proj_01k9zq3v8x6m2n4p5r7s9t0w2p';
const DOCUMENT = 'doc_01k9zq3v8x6m2n4p5r7s9t0w2d';
const KNOWLEDGE_BASE = 'kb_01k9zq3v8x6m2n4p5r7s9t0w2k';
const FILE = 'file_01k9zq3v8x6m2n4p5r7s9t0w2f';
const ENVIRONMENT = 'env_01k9zq3v8x6m2n4p5r7s9t0w2e';
const USER = 'user_01k9zq3v8x6m2n4p5r7s9t0w20';
const ORGANIZATION = 'org_01k9zq3v8x6m2n4p5r7s9t0w2y';
const WEBHOOK = 'wh_01k9zq3v8x6m2n4p5r7s9t0w2w';
const LATER = '2026-03-15T11:30:00.000Z';

const project = { project_id: PROJECT, status: 'active', protected: false };

/** KeyNest's payload, and the core's ids beside it. */
const variable = {
  variable: { id: 1, key: 'NEW_SECRET', environment_id: 1, created_by: 'john@example.com' },
  variable_id: 'var_01k9zq3v8x6m2n4p5r7s9t0w2v',
  environment_id: ENVIRONMENT,
  project_id: PROJECT,
};

const { created_by: _, ...unattributed } = variable.variable;

const resource = { id: 'res_01k9zq3v8x6m2n4p5r7s9t0w2r', type: 'processor', name: 'new-resource' };
const user = { user_id: USER, system_role: 'user', status: 'active' };
const job = { id: 'job_01k9zq3v8x6m2n4p5r7s9t0w2j', type: 'redaction', total: 3 };
const glass = { break_glass_id: 'glass_01k9zq3v8x6m2n4p5r7s9t0w2g', user_id: USER, expires_at: LATER };

/** `data` of every event, as it is sent with `names`. What is documented elsewhere has the fields it has there. */
export const EXAMPLES = {
  'project.created': project,
  'project.updated': project,
  'project.archived': { ...project, status: 'archived' },
  'project.deleted': project,
  'project.shared': {
    project_id: PROJECT,
    share_id: 'share_01k9zq3v8x6m2n4p5r7s9t0w2s',
    user_id: USER,
    role: 'viewer',
  },
  'document.uploaded': {
    document_id: DOCUMENT,
    project_id: PROJECT,
    knowledge_base_id: KNOWLEDGE_BASE,
    file_id: FILE,
    filename: 'brake-pads-catalog-2026.pdf',
    status: 'uploaded',
    format: 'pdf',
    size: 184320,
  },
  'document.processed': {
    document_id: DOCUMENT,
    project_id: PROJECT,
    status: 'completed',
    redactions_found: 12,
    redaction_id: 'red_01k9zq3v8x6m2n4p5r7s9t0w2n',
  },
  'document.indexed': {
    document_id: DOCUMENT,
    knowledge_base_id: KNOWLEDGE_BASE,
    filename: 'brake-pads-catalog-2026.pdf',
    status: 'indexed',
    page_count: 47,
  },
  'document.failed': {
    document_id: DOCUMENT,
    knowledge_base_id: KNOWLEDGE_BASE,
    filename: 'brake-pads-catalog-2026.pdf',
    status: 'failed',
    error: 'DOCUMENT_DAMAGED',
  },
  'document.deleted': {
    document_id: DOCUMENT,
    project_id: PROJECT,
    knowledge_base_id: KNOWLEDGE_BASE,
    file_id: FILE,
    reason: 'request',
  },
  'chat.created': {
    chat_id: 'chat_01k9zq3v8x6m2n4p5r7s9t0w2c',
    project_id: PROJECT,
    user_id: USER,
    model: 'local-extractive',
    created_at: '2026-03-15T10:30:00.000Z',
  },
  'chat.completed': {
    receipt_id: 'rcpt_01k9zq3v8x6m2n4p5r7s9t0w2q',
    completion_id: 'chatcmpl_01k9zq3v8x6m2n4p5r7s9t0w2m',
    project_id: PROJECT,
    model: 'local-extractive',
    status: 'completed',
    finish_reason: 'stop',
    prompt_tokens: 412,
    completion_tokens: 64,
    duration_ms: 318,
  },
  'variable.created': variable,
  'variable.updated': variable,
  'variable.deleted': variable,
  'variable.destroyed': {
    variable_id: 'var_01k9zq3v8x6m2n4p5r7s9t0w2v',
    environment_id: ENVIRONMENT,
    project_id: PROJECT,
    version: 2,
    destroyed_by: USER,
  },
  'environment.deleted': { environment_id: ENVIRONMENT, project_id: PROJECT },
  'variable.rotation_due': { ...variable, variable: unattributed, rotation_due_at: LATER },
  'resource.created': resource,
  'resource.updated': resource,
  'resource.deleted': resource,
  'user.created': user,
  'user.updated': user,
  'user.role_changed': { ...user, system_role: 'admin', organization_id: ORGANIZATION, role: 'editor' },
  'user.disabled': { ...user, status: 'disabled' },
  'user.deleted': user,
  'job.completed': { ...job, status: 'completed', completed: 2, failed: 1 },
  'job.failed': { ...job, status: 'failed', completed: 0, failed: 3 },
  'job.cancelled': { ...job, status: 'cancelled', completed: 1, failed: 0 },
  'break_glass.opened': glass,
  'break_glass.ended': glass,
  'erasure.completed': { erasure_id: 'erasure_01k9zq3v8x6m2n4p5r7s9t0w2a', status: 'completed' },
  'webhook.pinged': { webhook_id: WEBHOOK },
  'webhook.disabled': { webhook_id: WEBHOOK, reason: 'failing' },
} as const;
