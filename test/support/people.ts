import { Client } from './client.js';
import type { RedoubtProcess } from './redoubt-process.js';

export const PASSWORD = 'a quiet river at dusk';

/** Logins and accounts count by address, which tests have one of. */
export const MANY_ACCOUNTS = { REDOUBT_ACCOUNTS_PER_MINUTE: '1000', REDOUBT_LOGINS_PER_MINUTE: '1000' };

/** Somebody with an organization and a project of their own, whom no administrator knows. */
export interface Owner {
  readonly client: Client;
  readonly id: string;
  readonly email: string;
  readonly project: string;
  readonly organization: string;
}

/** Makes people of a running Redoubt, and logs them in. */
export class People {
  readonly admin: Client;

  constructor(private readonly redoubt: RedoubtProcess) {
    this.admin = new Client(redoubt.url, redoubt.adminKey);
  }

  create = (body: object) =>
    this.admin.post('/api/v1/users', { first_name: 'Ines', last_name: 'Okafor', ...body });
  confirm = (token: string, password = PASSWORD) =>
    this.admin.post('/api/v1/auth/password/reset/confirm', { token, password }, { key: '' });
  login = (email: string, password = PASSWORD) =>
    this.admin.post('/api/v1/auth/login', { email, password }, { key: '' });
  register = (username: string) => {
    const body = { username, email: `${username}@example.org`, password: PASSWORD, first_name: 'Owner' };
    return this.admin.post('/api/v1/auth/register', body, { key: '' });
  };

  /** Somebody whom the administrator made, logged in. */
  async person(email: string, body: object = {}): Promise<{ readonly id: string; readonly client: Client }> {
    const made = await this.create({ email, ...body });
    await this.confirm(made.body.password_reset.token);
    return { id: made.body.id, client: await this.clientOf(email) };
  }

  async owner(username: string): Promise<Owner> {
    await this.register(username);
    const email = `${username}@example.org`;
    const client = await this.clientOf(email);
    const { body } = await client.post('/api/v1/projects', { name: 'Records' });
    return { client, email, id: body.created_by, project: body.id, organization: body.organization_id };
  }

  private async clientOf(email: string): Promise<Client> {
    const { status, body } = await this.login(email);
    if (status !== 200) throw new Error(`${email} cannot log in: ${status}`);
    return new Client(this.redoubt.url, body.token);
  }
}

interface Entry {
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Entries of the audit log, as a client reads them. */
export const entriesOf = async (client: Client, query: string): Promise<Entry[]> =>
  (await client.get(`/api/v1/audit-logs?${query}`)).body.data;
