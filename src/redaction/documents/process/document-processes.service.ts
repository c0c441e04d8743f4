import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/config/settings.module.js';
import { Places } from '../../../platform/cooperation/places.js';
import type { Inspection, PageImage } from '../document-handler.js';
import type { ExtractedDocument } from '../extraction/extracted-document.js';
import type {
  DocumentJob,
  DocumentOrder,
  DocumentRequest,
  ExtractionOrder,
  PageRequest,
  RedactedFile,
} from './document-job.js';
import { DocumentProcess, EXTRACTION, type Hooks } from './document-process.js';

/** Absolute path of the program that handles a document. */
export const DOCUMENT_PROGRAM = Symbol('document program');

/** Longest time for one document where its policy says nothing, in seconds. */
const TIMEOUT_SECONDS = 300;

/** Work on a document whose turn has not come. */
interface Work {
  readonly format: string;
  readonly purpose: string;
  readonly timeoutSeconds?: number | undefined;
  /** Reads the document. */
  readonly request: () => Promise<DocumentRequest>;
}

/** How long a process is kept ready for the next document, in milliseconds. */
const READY_MS = 10_000;

/**
 * Handles documents, each in a process of its own that is begun for it and ends with it, so that no document can take
 * more than its share, outlive its time, or meet another. While one is handled, the next process is made ready.
 */
@Injectable()
export class DocumentProcesses implements OnApplicationShutdown {
  private readonly places: Places;
  private ready: { readonly process: DocumentProcess; readonly timer: NodeJS.Timeout } | undefined;

  constructor(
    @Inject(SETTINGS) settings: Pick<Settings, 'REDOUBT_DOCUMENT_PROCESSES'>,
    @Inject(DOCUMENT_PROGRAM) private readonly program: string,
  ) {
    this.places = new Places(settings.REDOUBT_DOCUMENT_PROCESSES);
  }

  /** @throws DocumentFailure; the signal's reason; what reading the document throws */
  redact(order: DocumentOrder, hooks: Hooks): Promise<RedactedFile> {
    return this.handle(order, (job) => ({ kind: 'redact', job }), hooks) as Promise<RedactedFile>;
  }

  /** @throws as {@link redact} */
  inspect(order: DocumentOrder, hooks: Hooks): Promise<Inspection> {
    return this.handle(order, (job) => ({ kind: 'inspect', job }), hooks) as Promise<Inspection>;
  }

  /** @throws RangeError when there is no such page, and as {@link redact} */
  render(order: DocumentOrder, page: PageRequest, hooks: Hooks): Promise<PageImage> {
    return this.handle(order, (job) => ({ kind: 'render', job, page }), hooks) as Promise<PageImage>;
  }

  /** The text of a document. @throws as {@link redact} */
  extract({ read, timeoutSeconds, ...order }: ExtractionOrder, hooks: Hooks): Promise<ExtractedDocument> {
    const work = {
      format: order.format,
      purpose: EXTRACTION,
      timeoutSeconds,
      request: async (): Promise<DocumentRequest> => ({
        kind: 'extract',
        job: { ...order, bytes: await read() },
      }),
    };
    return this.run(work, hooks) as Promise<ExtractedDocument>;
  }

  onApplicationShutdown(): void {
    this.dismiss();
  }

  private handle(
    { read, secrets, ...order }: DocumentOrder,
    requestOf: (job: DocumentJob) => DocumentRequest,
    hooks: Hooks,
  ) {
    const request = async (): Promise<DocumentRequest> =>
      requestOf({ ...order, bytes: await read(), secrets: await secrets?.() });
    return this.run({ ...order, purpose: '', request }, hooks);
  }

  private async run({ format, purpose, timeoutSeconds, request }: Work, hooks: Hooks) {
    const leave = await this.places.enter(hooks.signal);
    try {
      const asked = await request();
      const process = this.take(format, purpose);
      return await process.ask(asked, timeoutSeconds ?? TIMEOUT_SECONDS, hooks);
    } finally {
      leave();
    }
  }

  private take(format: string, purpose: string): DocumentProcess {
    const kept = this.ready?.process;
    this.dismiss(kept);
    const taken = kept?.isAlive ? kept : new DocumentProcess(this.program, format, purpose);
    this.prepare(format, purpose);
    return taken;
  }

  private prepare(format: string, purpose: string): void {
    const process = new DocumentProcess(this.program, format, purpose);
    process.unref();
    this.ready = { process, timer: setTimeout(() => this.dismiss(), READY_MS).unref() };
  }

  private dismiss(taken?: DocumentProcess): void {
    if (!this.ready) return;
    clearTimeout(this.ready.timer);
    if (this.ready.process !== taken) this.ready.process.kill();
    this.ready = undefined;
  }
}
