import { setTimeout as sleep } from 'node:timers/promises';
import { StartError } from '../../platform/errors/start-error.js';

export interface StoredFile {
  readonly file_id: string;
  readonly document_id: string;
  readonly filename: string;
  readonly size: number;
}

const RETRY_MS = 1_000;
const MOST_TRIES = 30;

interface EphemeralKey {
  readonly key_id: string;
  readonly public_key: string;
}

export interface Download {
  readonly status: number;
  readonly bytes: Buffer;
}

/** Files in and out of the running server, the way any program does it: with fetch and WebCrypto. */
export class FilesClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Makes a project under a password. @throws StartError when it is not made */
  async createProject(name: string, password: string): Promise<string> {
    const body = JSON.stringify({ name, password });
    const headers = { 'content-type': 'application/json' };
    const answer = await this.send('POST', '/api/v1/projects', { body, headers });
    return (await this.read<{ id: string }>(answer, 201)).id;
  }

  /** @throws StartError when the file is not taken */
  async upload(projectId: string, name: string, bytes: Buffer): Promise<StoredFile> {
    const body = new FormData();
    body.append('project_id', projectId);
    body.append('file', new Blob([new Uint8Array(bytes)]), name);
    return this.read(await this.send('POST', '/api/v1/files/upload', { body }), 201);
  }

  /** Downloads with a password that travels under a key used once. */
  async download(fileId: string, password: string): Promise<Download> {
    const { key_id, public_key } = await this.ephemeralKey();
    const body = JSON.stringify({ key_id, encrypted_password: await encrypt(public_key, password) });
    const headers = { 'content-type': 'application/json' };
    const answer = await this.send('POST', `/api/v1/files/id/${fileId}/download`, { body, headers });
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  /** On a slow machine the first keys take a moment after the first start. */
  private async ephemeralKey(): Promise<EphemeralKey> {
    const ask = () => this.send('GET', '/api/v1/crypto/ephemeral-key');
    let answer = await ask();
    for (let tries = 0; answer.status === 503 && tries < MOST_TRIES; tries += 1) {
      await sleep(RETRY_MS);
      answer = await ask();
    }
    return this.read(answer, 200);
  }

  private async read<T>(answer: Response, wanted: number): Promise<T> {
    if (answer.status === wanted) return (await answer.json()) as T;
    throw new StartError(`The demo ends: ${answer.url} answered ${answer.status}, not ${wanted}.`);
  }

  private async send(method: string, path: string, options: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.key}`, 'user-agent': 'redoubt-demo', ...options.headers };
    try {
      return await fetch(this.url + path, { ...options, method, headers });
    } catch {
      throw new StartError(`The demo ends: ${method} ${path} got no answer.`);
    }
  }
}

async function encrypt(publicKey: string, password: string): Promise<string> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const spki = Buffer.from(publicKey, 'base64');
  const key = await crypto.subtle.importKey('spki', spki, algorithm, false, ['encrypt']);
  const sealed = await crypto.subtle.encrypt('RSA-OAEP', key, new TextEncoder().encode(password));
  return Buffer.from(sealed).toString('base64');
}
