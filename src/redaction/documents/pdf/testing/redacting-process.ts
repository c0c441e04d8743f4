import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { DocumentFailureCode } from '../../document-failure.js';
import type { Inspection, RedactedDocument } from '../../document-handler.js';
import { DEFAULT_LOOK, type DocumentPolicy } from '../../document-policy.js';
import { PLANTED } from './planted.js';

const PROGRAM = join(__dirname, 'pdf-child.cjs');
const LIMITS = ['--wasm-max-mem-pages=8192', '--max-old-space-size=512'];
const MOST_MS = 20_000;

export interface PdfRequest {
  readonly kind: 'redact' | 'inspect';
  readonly bytes: Uint8Array;
  readonly policy: DocumentPolicy;
}

/** What became of one document. */
export type Outcome =
  | { readonly redacted: RedactedDocument }
  | { readonly inspection: Inspection }
  | { readonly refused: DocumentFailureCode; readonly page: number | undefined }
  /** No answer that the handler may give: what it threw, or how its process ended. */
  | { readonly fault: string };

/** The policy of a fixture: planted values are search terms, unless it has its own. */
export const policyOf = (policy: Partial<DocumentPolicy> = {}): DocumentPolicy => ({
  searchTerms: PLANTED,
  regions: [],
  strict: false,
  look: DEFAULT_LOOK,
  placeholders: {},
  ...policy,
});

/** Runs the handler in a process of its own, which takes document after document until one of them ends it. */
export class RedactingProcess {
  #child: ChildProcess | undefined;

  async ask(kind: PdfRequest['kind'], bytes: Uint8Array, policy: DocumentPolicy): Promise<Outcome> {
    this.#child ??= fork(PROGRAM, [], { execArgv: LIMITS, serialization: 'advanced' });
    const child = this.#child;
    const overtime = setTimeout(() => child.kill('SIGKILL'), MOST_MS);
    try {
      return await new Promise<Outcome>((resolve) => {
        child.once('message', (outcome: Outcome) => resolve(outcome));
        child.once('exit', (code, signal) => resolve({ fault: `the process ended with ${signal ?? code}` }));
        child.send({ kind, bytes, policy } satisfies PdfRequest);
      });
    } finally {
      clearTimeout(overtime);
      child.removeAllListeners('message');
      child.removeAllListeners('exit');
      if (child.exitCode !== null || child.signalCode !== null) this.#child = undefined;
    }
  }

  end(): void {
    this.#child?.kill('SIGKILL');
  }
}
