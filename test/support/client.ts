import type { Contract } from './contract.js';
import { ContractValidator } from './contract-validator.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  /** Of what is no text, nothing. */
  readonly text: string;
  /** As JSON.parse gives it: its shape is the contract's, which has been checked. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface Call {
  readonly key?: string | undefined;
  readonly scheme?: 'Bearer' | 'Token';
  readonly json?: unknown;
  readonly raw?: string | Buffer;
  /** A form with files; its Content-Type is the client's to set. */
  readonly form?: FormData;
  readonly headers?: Record<string, string>;
}

const SERO = /^\/api\/(?:projects|projects\/[^/]+\/documents|files\/.+|crypto\/.+)$/;

const OPENAI = /^\/(?:api\/)?v1\/(?:chat\/completions\/?$|models(?:\/|$))/;

const surfaceOf = (path: string, scheme: Call['scheme']): string =>
  OPENAI.test(path) ? 'openai' : surfaceOfOthers(path, scheme);

const surfaceOfOthers = (path: string, scheme: Call['scheme']): string =>
  path === '/health/' || path === '/api/' || path === '/api'
    ? 'keynest'
    : /^\/v1\/(?:process|detect|batch|audit-logs)/.test(path)
      ? 'safekeylab'
      : /^\/v1\//.test(path)
        ? 'platform'
        : /^\/api\/(?!v1(?:\/|$))/.test(path)
          ? SERO.test(path) && scheme !== 'Token'
            ? 'sero'
            : 'keynest'
          : 'core';

/** A path as contracts write it: KeyNest's end in a slash, all others do not; OpenAI's stand under both of its roots. */
const written = (path: string, surface: string): string =>
  surface === 'openai'
    ? path.replace(/^\/api/, '').replace(/\/$/, '')
    : surface === 'keynest'
      ? path.replace(/\/?$/, '/')
      : path.replace(/(.)\/$/, '$1');

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
    const bytes = Buffer.from(await response.arrayBuffer());
    const isText = /json|text\/|yaml|xml/.test(response.headers.get('content-type') ?? '');
    const text = isText ? bytes.toString('utf8') : '';
    await this.check({ method, target: path, scheme: call.scheme }, response, text);
    const isJson = /json\b/.test(response.headers.get('content-type') ?? '') && text !== '';
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  }

  private requestOf(
    method: string,
    { key = this.key, scheme = 'Bearer', json, raw, form, headers = {} }: Call,
  ): RequestInit {
    const body = form ?? raw ?? (json === undefined ? undefined : JSON.stringify(json));
    return {
      method,
      redirect: 'manual',
      headers: {
        ...(key && { authorization: `${scheme} ${key}` }),
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    };
  }

  private async check(
    { method, target, scheme }: { method: string; target: string; scheme: Call['scheme'] },
    response: Response,
    text: string,
  ): Promise<void> {
    if (!/^req_[0-9a-z]{26}$/.test(response.headers.get('x-request-id') ?? ''))
      throw new Error('no X-Request-Id');
    const path = target.split('?')[0] ?? '';
    const surface = surfaceOf(path, scheme);
    const validator = await this.validatorFor(surface);
    const known = validator.pathFor(written(path, surface));
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
