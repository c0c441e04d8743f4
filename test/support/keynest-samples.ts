const TIME = '2025-08-30T10:30:00Z';
const TOKEN = '9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b';

/** The JSON of KeyNest's API documentation, in its order, typed off by hand. */
export const USER = {
  ...{ id: 1, username: 'newuser', email: 'user@example.com', first_name: 'John', last_name: 'Doe' },
  full_name: 'John Doe',
};
const ORGANIZATION = {
  ...{
    id: 1,
    name: 'Acme Corp',
    description: 'Main company organization',
    created_at: TIME,
    updated_at: TIME,
  },
  ...{ member_count: 5, project_count: 3, user_role: 'admin' },
};
const PROJECT = {
  ...{ id: 1, name: 'Web Application', description: 'Main web application project', organization: 1 },
  ...{ organization_name: 'Acme Corp', created_at: TIME, updated_at: TIME },
  ...{ created_by_name: 'John Doe', environment_count: 3 },
};
const ENTRY = {
  ...{ id: 1, user_name: 'John Doe', user_email: 'john@example.com', action: 'variable_created' },
  ...{ target_type: 'variable', target_id: 1, details: {}, ip_address: '192.168.1.1', timestamp: TIME },
};
const ENVIRONMENT = {
  ...{ id: 1, name: 'production', project: 1, project_name: 'Web Application' },
  ...{ environment_type: 'production', description: 'Production environment' },
  ...{ created_at: TIME, updated_at: TIME, created_by_name: 'John Doe', variable_count: 15 },
};
export const VARIABLE = {
  ...{ id: 1, key: 'DATABASE_URL', decrypted_value: 'postgresql://user:pass@host/db' },
  ...{ environment: 1, environment_name: 'production' },
  ...{ created_at: TIME, updated_at: TIME, created_by_name: 'John Doe' },
};
const listOf = (...results: object[]) => ({ count: results.length, next: null, previous: null, results });
export const SAMPLES = {
  registered: {
    ...{ message: 'User registered successfully', token: TOKEN, user: { ...USER, date_joined: TIME } },
    organization: { id: 1, name: "John's Organization" },
  },
  login: { token: TOKEN, user: USER },
  logout: { message: 'Successfully logged out' },
  profile: { ...USER, date_joined: TIME, last_login: TIME, is_active: true },
  organizations: listOf(ORGANIZATION),
  organization: ORGANIZATION,
  projects: listOf(PROJECT),
  project: PROJECT,
  environments: listOf(ENVIRONMENT),
  environment: ENVIRONMENT,
  variables: listOf(VARIABLE),
  variable: VARIABLE,
  imported: {
    message: 'Import completed successfully',
    summary: { imported: 5, updated: 2, failed: 0, total_variables: 7 },
    failed_imports: null,
  },
  entries: listOf(ENTRY),
  fault: { error: 'Validation failed', details: { name: ['This field is required.'] } },
  error: { error: 'Error message', code: 'ERROR_CODE', timestamp: TIME },
};

/** What a client can rely on in a value: the kind of it, and of an object the keys. */
export function kindOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kindOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, kindOf(item)]));
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value !== 'string') return value === null ? 'null' : typeof value;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(value)) return 'time';
  return /^[0-9a-f]{40}$/.test(value) ? 'token' : 'text';
}
