import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Settings } from '../../../platform/config/settings.js';
import { SETTINGS } from '../../../platform/config/settings.module.js';
import { Places } from '../../../platform/cooperation/places.js';
import type { Inspection, PageImage } from '../document-handler.js';
import type {
  DocumentJob,
  DocumentOrder,
  DocumentRequest,
  PageRequest,
  RedactedFile,
} from './document-job.js';
import { DocumentProcess, type Hooks } from './document-process.js';

/** Absolute path of the program that handles a document. */
export const DOCUMENT_PROGRAM = Symbol('document program');

/** Longest time for one document where its policy says nothing, in seconds. */
const TIMEOUT_SECONDS = 300;

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
    return this.run(order, (job) => ({ kind: 'redact', job }), hooks) as Promise<RedactedFile>;
  }

  /** @throws as {@link redact} */
  inspect(order: DocumentOrder, hooks: Hooks): Promise<Inspection> {
    return this.run(order, (job) => ({ kind: 'inspect', job }), hooks) as Promise<Inspection>;
  }

  /** @throws RangeError when there is no such page, and as {@link redact} */
  render(order: DocumentOrder, page: PageRequest, hooks: Hooks): Promise<PageImage> {
    return this.run(order, (job) => ({ kind: 'render', job, page }), hooks) as Promise<PageImage>;
  }

  onApplicationShutdown(): void {
    this.dismiss();
  }

  private async run(
    { read, ...order }: DocumentOrder,
    requestOf: (job: DocumentJob) => DocumentRequest,
    hooks: Hooks,
  ) {
    const leave = await this.places.enter(hooks.signal);
    try {
      const request = requestOf({ ...order, bytes: await read() });
      const process = this.take(order.format);
      return await process.ask(request, order.timeoutSeconds ?? TIMEOUT_SECONDS, hooks);
    } finally {
      leave();
    }
  }

  private take(format: string): DocumentProcess {
    const kept = this.ready?.process;
    this.dismiss(kept);
    const taken = kept?.isAlive ? kept : new DocumentProcess(this.program, format);
    this.prepare(format);
    return taken;
  }

  private prepare(format: string): void {
    const process = new DocumentProcess(this.program, format);
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
