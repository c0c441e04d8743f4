import { StartError } from '../../platform/errors/start-error.js';
import type { JobAnswer } from './demo-client.js';
import type { StoredFile } from './files-client.js';

/** What the demo reads of a redaction's report. */
export interface ReportAnswer {
  readonly pages: number;
  readonly redactions: number;
  readonly entities: readonly {
    readonly type: string;
    readonly count: number;
    readonly pages: readonly { readonly page: number; readonly count: number }[];
  }[];
  readonly removed: readonly { readonly kind: string; readonly count: number }[];
  readonly characters_lost: number;
  readonly verification: {
    readonly passed: boolean;
    readonly checks: readonly { readonly name: string; readonly passed: boolean }[];
  };
  readonly residual_risks: readonly { readonly code: string; readonly message: string }[];
}

export interface OutcomeAnswer {
  readonly redacted_file_id: string | null;
  readonly report: ReportAnswer | null;
  readonly error: { readonly code: string } | null;
}

/** Documents redacted by the running server, the way any program does it. */
export class DocumentsClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** @throws StartError when it is not made */
  async createProject(name: string): Promise<string> {
    return (await this.json<{ id: string }>('POST', '/api/v1/projects', 201, { name })).id;
  }

  /** @throws StartError when the file is not taken */
  async upload(projectId: string, name: string, bytes: Buffer): Promise<StoredFile> {
    const form = new FormData();
    form.append('project_id', projectId);
    form.append('file', new Blob([new Uint8Array(bytes)]), name);
    return (await (await this.send('POST', '/api/v1/files/upload', 201, form)).json()) as StoredFile;
  }

  /** @throws StartError when the job is not accepted */
  redact(projectId: string): Promise<JobAnswer> {
    return this.json('POST', `/api/v1/projects/${projectId}/redactions`, 202, {});
  }

  job(id: string): Promise<JobAnswer> {
    return this.json('GET', `/api/v1/jobs/${id}`, 200);
  }

  outcome(documentId: string): Promise<OutcomeAnswer> {
    return this.json('GET', `/api/v1/documents/${documentId}/report`, 200);
  }

  async download(fileId: string): Promise<Buffer> {
    return this.bytes(`/api/v1/files/id/${fileId}/download`, {});
  }

  /** A page as a PNG, from 1. */
  async picture(documentId: string, page: number): Promise<Buffer> {
    return this.bytes(`/api/v1/documents/${documentId}/preview/page`, { page, marked: false });
  }

  private async json<T>(method: string, path: string, status: number, body?: object): Promise<T> {
    return (await (await this.send(method, path, status, body)).json()) as T;
  }

  private async bytes(path: string, body: object): Promise<Buffer> {
    return Buffer.from(await (await this.send('POST', path, 200, body)).arrayBuffer());
  }

  private async send(method: string, path: string, wanted: number, body?: object): Promise<Response> {
    const isForm = body instanceof FormData;
    const headers = {
      authorization: `Bearer ${this.key}`,
      'user-agent': 'redoubt-demo',
      ...(body && !isForm && { 'content-type': 'application/json' }),
    };
    const answer = await fetch(this.url + path, {
      ...{ method, headers },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    }).catch(() => undefined);
    if (!answer) throw new StartError(`The demo ends: ${method} ${path} got no answer.`);
    if (answer.status === wanted) return answer;
    throw new StartError(`The demo ends: ${method} ${path} answered ${answer.status}, not ${wanted}.`);
  }
}
