import type { Contract } from './contract.js';
import { ContractValidator } from './contract-validator.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** As JSON.parse gives it: its shape is the contract's, which has been checked. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface Call {
  readonly key?: string | undefined;
  readonly scheme?: 'Bearer' | 'Token';
  readonly json?: unknown;
  readonly raw?: string | Buffer;
  readonly headers?: Record<string, string>;
}

const surfaceOf = (path: string): string =>
  path === '/health/' || path === '/api/' || path === '/api'
    ? 'keynest'
    : /^\/v1\/(?:process|detect|batch|audit-logs)/.test(path)
      ? 'safekeylab'
      : /^\/v1\/(?!chat\/|models)/.test(path)
        ? 'platform'
        : 'core';

/** An HTTP client that fails a test when an answer is not what the contract promises. */
export class Client {
  private readonly validators = new Map<string, ContractValidator>();

  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  get = (path: string, call: Call = {}): Promise<Answer> => this.send('GET', path, call);
  post = (path: string, json: unknown, call: Call = {}): Promise<Answer> =>
    this.send('POST', path, { json, ...call });
  patch = (path: string, json: unknown, call: Call = {}): Promise<Answer> =>
    this.send('PATCH', path, { json, ...call });
  delete = (path: string, call: Call = {}): Promise<Answer> => this.send('DELETE', path, call);

  async send(method: string, path: string, call: Call = {}): Promise<Answer> {
    const response = await fetch(this.url + path, this.requestOf(method, call));
    const text = await response.text();
    await this.check(method, path, response, text);
    const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  private requestOf(
    method: string,
    { key = this.key, scheme = 'Bearer', json, raw, headers = {} }: Call,
  ): RequestInit {
    const body = raw ?? (json === undefined ? undefined : JSON.stringify(json));
    return {
      method,
      redirect: 'manual',
      headers: {
        ...(key && { authorization: `${scheme} ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    };
  }

  private async check(method: string, target: string, response: Response, text: string): Promise<void> {
    if (!/^req_[0-9a-z]{26}$/.test(response.headers.get('x-request-id') ?? ''))
      throw new Error('no X-Request-Id');
    const path = target.split('?')[0] ?? '';
    const validator = await this.validatorFor(surfaceOf(path));
    const known = validator.pathFor(
      path === '/api'
        ? '/api/'
        : path.length > 1 && surfaceOf(path) !== 'keynest'
          ? path.replace(/\/$/, '')
          : path,
    );
    if (!known || response.headers.get('content-type')?.startsWith('application/problem+json')) return;
    const faults = validator.faults(
      method,
      known,
      response.status,
      response.headers.get('content-type') ?? '',
      text,
    );
    if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${text.slice(0, 500)}`);
  }

  private async validatorFor(surface: string): Promise<ContractValidator> {
    const known = this.validators.get(surface);
    if (known) return known;
    const file = surface === 'core' ? '/openapi.json' : `/openapi/${surface}.json`;
    const contract = (await (await fetch(this.url + file)).json()) as Contract;
    const validator = new ContractValidator(contract);
    this.validators.set(surface, validator);
    return validator;
  }
}
