import { StartError } from '../../platform/errors/start-error.js';

/** What the demo reads of an entity in an answer of `/api/v1/process`. */
export interface ProcessedEntity {
  readonly text: string;
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly path?: string;
  readonly part?: 'key';
  readonly confidence: number;
  readonly replacement: string;
}

export interface ProcessAnswer {
  readonly request_id: string;
  readonly processed_data: unknown;
  readonly entities_detected: readonly ProcessedEntity[];
  readonly method_used: string;
  readonly processing_time_ms: number;
  readonly risk_score: number;
  readonly compliance: Readonly<Record<'gdpr' | 'ccpa' | 'hipaa' | 'pci_dss', boolean>>;
}

export interface AuditEntry {
  readonly number: number;
  readonly action: string;
  readonly method_used: string | null;
  readonly request_id: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly created_at: string;
}

/** What the demo reads of a job. */
export interface JobAnswer {
  readonly id: string;
  readonly status: string;
  readonly progress: {
    readonly total: number;
    readonly completed: number;
    readonly failed: number;
    readonly seconds_left: number | null;
  };
}

interface DetokenizeAnswer {
  readonly data: unknown;
  readonly restored: number;
}

interface CallOptions {
  readonly body?: unknown;
  /** The status that is hoped for; 200 when absent. */
  readonly status?: number;
  readonly idempotencyKey?: string;
}

interface Timed<T> {
  readonly answer: T;
  /** From sending the request to having read the answer, in milliseconds. */
  readonly elapsedMs: number;
}

/** The code of an error answer, when its body has one. */
function codeOf(text: string): string {
  const code = /"code"\s*:\s*"(\w+)"/.exec(text)?.[1];
  return code ? `, ${code}` : '';
}

function parse<T>(text: string, method: string, path: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new StartError(`The demo ends: ${method} ${path} answered something that is not JSON.`);
  }
}

/** Calls the running server the way any program does. */
export class DemoClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** @throws StartError when the answer is not 200 or there is none */
  process(request: unknown): Promise<Timed<ProcessAnswer>> {
    return this.call('POST', '/api/v1/process', { body: request });
  }

  /** @throws StartError as {@link process} */
  async detokenize(data: unknown): Promise<DetokenizeAnswer> {
    return (await this.call<DetokenizeAnswer>('POST', '/api/v1/detokenize', { body: { data } })).answer;
  }

  /** Hands documents over for the background. @throws StartError when they are not accepted */
  async startBatch(documents: readonly unknown[], idempotencyKey: string): Promise<JobAnswer> {
    const options = { body: { documents, async: true }, status: 202, idempotencyKey };
    return (await this.call<JobAnswer>('POST', '/api/v1/batch', options)).answer;
  }

  /** @throws StartError as {@link process} */
  async job(id: string): Promise<JobAnswer> {
    return (await this.call<JobAnswer>('GET', `/api/v1/jobs/${id}`)).answer;
  }

  /** The latest entries of processed texts, newest first. @throws StartError as {@link process} */
  async latestEntries(count: number): Promise<readonly AuditEntry[]> {
    const path = `/api/v1/audit-logs?action=text.processed&page_size=${count}`;
    const { answer } = await this.call<{ data: readonly AuditEntry[] }>('GET', path);
    return answer.data;
  }

  private async call<T>(method: string, path: string, options: CallOptions = {}): Promise<Timed<T>> {
    const since = performance.now();
    const wanted = options.status ?? 200;
    const { status, text } = await this.send(method, path, options);
    if (status !== wanted) {
      throw new StartError(
        `The demo ends: ${method} ${path} answered ${status}${codeOf(text)}, not ${wanted}.`,
      );
    }
    return { answer: parse<T>(text, method, path), elapsedMs: performance.now() - since };
  }

  private async send(
    method: string,
    path: string,
    { body, idempotencyKey }: CallOptions,
  ): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(this.url + path, {
        method,
        headers: {
          authorization: `Bearer ${this.key}`,
          'user-agent': 'redoubt-demo',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      throw new StartError(`The demo ends: ${method} ${path} got no answer.`);
    }
  }
}
