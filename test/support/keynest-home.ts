import type { Answer, Call, Client } from './client.js';
import { fileForm } from './files.js';
import type { VARIABLE } from './keynest-samples.js';

const asToken = (key: string): Call => ({ key, scheme: 'Token' });

/** A new person's token and organization. */
async function register(client: Client, name: string) {
  const password = 'securepassword123';
  const person = {
    ...{ username: name, email: `${name}@example.com`, password, confirm_password: password },
    ...{ first_name: 'John', last_name: 'Doe' },
  };
  const { token, organization } = (await client.post('/api/auth/register/', person)).body;
  return { call: asToken(token), organization: organization.id as number };
}

/** Somebody who has an organization with one project, so that plans count their requests apart. */
export class KeynestHome {
  private constructor(
    private readonly client: Client,
    readonly call: Call,
    private readonly organization: number,
    readonly project: number,
  ) {}

  static async found(client: Client, name: string): Promise<KeynestHome> {
    const { call, organization } = await register(client, name);
    const { body } = await client.post('/api/projects/', { name: 'Web Application' }, call);
    return new KeynestHome(client, call, organization, body.id);
  }

  /** Makes an environment. */
  async make(name: string): Promise<number> {
    const environment = { name, project: this.project };
    return (await this.client.post('/api/environments/', environment, this.call)).body.id;
  }

  /** Makes a variable. */
  put(environment: number, key: string, value: string, by = this.call): Promise<Answer> {
    return this.client.post('/api/variables/', { key, value, environment }, by);
  }

  import(environment: number, text: string, fields: Record<string, string> = {}): Promise<Answer> {
    const form = fileForm('.env', text, fields);
    return this.client.send('POST', `/api/environments/${environment}/import/`, { ...this.call, form });
  }

  async valuesOf(environment: number): Promise<Record<string, string>> {
    const path = `/api/environments/${environment}/variables/`;
    const { results } = (await this.client.get(path, this.call)).body;
    return Object.fromEntries(results.map((row: typeof VARIABLE) => [row.key, row.decrypted_value]));
  }

  /** A new person who belongs to the organization. */
  async invite(name: string, role: 'viewer' | 'editor'): Promise<Call> {
    const { call } = await register(this.client, name);
    const at = `/api/organizations/${this.organization}/invite_member/`;
    const { body } = await this.client.post(at, { email: `${name}@example.com`, role }, this.call);
    await this.client.post('/api/v1/invitations/accept', { token: body.token }, call);
    return call;
  }
}
