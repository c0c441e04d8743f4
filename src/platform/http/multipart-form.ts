import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { invalidField, platformError } from '../errors/app-error.js';

/** Which parts a form has: one file, and texts that may come before it or after it. */
export interface FormShape {
  readonly file: string;
  readonly fields: readonly string[];
  /** Most bytes of the whole body, and what a larger one is refused with. */
  readonly maxBytes: number;
  readonly tooLarge: () => Error;
}

/** The file as it arrives, with the fields that came before it. */
export interface FormFile {
  /** As the client sent it: not to be trusted. */
  readonly name: string;
  readonly bytes: Readable;
  readonly fields: ReadonlyMap<string, string>;
}

export interface ReadForm<T> {
  readonly fields: ReadonlyMap<string, string>;
  /** The file's name as the client sent it. */
  readonly fileName: string;
  /** What was made of the file. */
  readonly taken: T;
}

/** A field is an id or a word; parts have two or three short headers. */
const LIMITS = { fieldSize: 4096, fields: 20, files: 2, parts: 22, headerPairs: 20, headerSize: 16 * 1024 };

const isForm = (contentType: string | undefined): boolean =>
  /^multipart\/form-data\b/i.test(contentType ?? '');

const shown = (name: string): string => (name.length > 100 ? `${name.slice(0, 100)}…` : name).toWellFormed();

const malformed = () =>
  platformError('MALFORMED_REQUEST', {
    message:
      'The form is malformed or ends too early. Send it as multipart/form-data, to its closing boundary.',
    details: { field: 'body', constraint: 'multipart' },
  });

/** Most clients name a boundary by themselves, unless they are told the header. */
const noBoundary = () =>
  platformError('MALFORMED_REQUEST', {
    message:
      'The Content-Type names no boundary. Leave that header out: the client that builds the form sets it, boundary included.',
    details: { field: 'Content-Type', constraint: 'boundary' },
  });

/**
 * Reads one multipart form (RFC 7578) while it arrives: the file goes on piece by piece, as fast as it is taken. What
 * is wrong with the form is a 400 that names the part. The request itself is left open when reading fails, so that its
 * answer can be read.
 */
class FormReader<T> {
  private readonly fields = new Map<string, string>();
  private fileName = '';
  private file: Readable | undefined;
  private taken: Promise<T> | undefined;
  private fail: (error: unknown) => void = () => {};
  private bytes = 0;

  constructor(
    private readonly request: IncomingMessage,
    private readonly shape: FormShape,
    private readonly take: (file: FormFile) => Promise<T>,
  ) {}

  async read(signal: AbortSignal): Promise<ReadForm<T>> {
    signal.throwIfAborted();
    const parser = this.parser();
    const stop = (): void => this.fail(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    try {
      await this.parsed(parser);
      if (!this.taken) throw this.required();
      return { fields: this.fields, fileName: this.fileName, taken: await this.taken };
    } catch (error) {
      this.request.unpipe(parser);
      this.file?.destroy(error instanceof Error ? error : malformed());
      // What was begun with the file ends before its request does.
      await this.taken?.catch(() => {});
      throw error;
    } finally {
      signal.removeEventListener('abort', stop);
      this.request.removeListener('data', this.count);
    }
  }

  private parser(): BusboyInstance {
    const { 'content-type': contentType = '' } = this.request.headers;
    if (!isForm(contentType)) throw this.required();
    const isPartAFile = (name: string | undefined): boolean => name === this.shape.file;
    try {
      return new Busboy({
        headers: { ...this.request.headers, 'content-type': contentType },
        limits: LIMITS,
        preservePath: true,
        isPartAFile,
      });
    } catch {
      throw noBoundary();
    }
  }

  private parsed(parser: BusboyInstance): Promise<void> {
    return new Promise((resolve, reject) => {
      this.fail = reject;
      parser.on('file', (_, bytes, name: string | undefined) => this.onFile(bytes, name));
      parser.on('field', (name: string | undefined, value, __, isCut) => this.onField(name, value, isCut));
      for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit'] as const) {
        parser.on(limit, () => this.fail(malformed()));
      }
      parser.on('error', () => this.fail(malformed()));
      parser.on('finish', resolve);
      // A connection that breaks is told by the signal.
      this.request.on('error', () => {});
      this.request.on('data', this.count);
      this.request.pipe(parser);
    });
  }

  private readonly count = (chunk: Buffer): void => {
    this.bytes += chunk.length;
    if (this.bytes > this.shape.maxBytes) this.fail(this.shape.tooLarge());
  };

  private onFile(bytes: Readable, name: string | undefined): void {
    // Busboy ends a part that stops early with an error event.
    bytes.on('error', () => {});
    const fault = this.fileFault(name);
    if (fault || name === undefined) {
      bytes.resume();
      this.fail(fault);
      return;
    }
    this.file = bytes;
    this.fileName = name;
    this.taken = this.take({ name, bytes, fields: this.fields });
    this.taken.catch((error: unknown) => this.fail(error));
  }

  private fileFault(name: string | undefined) {
    const { file } = this.shape;
    if (this.taken) return doubled(file);
    if (name !== undefined) return undefined;
    return invalidField(file, 'type', `'${file}' must be a file with its name: a part with a filename.`);
  }

  private onField(name: string | undefined, value: string, isCut: boolean): void {
    const fault = name === undefined ? malformed() : this.fieldFault(name, value, isCut);
    if (fault) this.fail(fault);
    else if (name !== undefined) this.fields.set(name, value);
  }

  private fieldFault(name: string, value: string, isCut: boolean) {
    const allowed = [this.shape.file, ...this.shape.fields];
    if (!this.shape.fields.includes(name)) {
      const message = `Unknown field: ${shown(name)}. Allowed: ${allowed.join(', ')}.`;
      return invalidField(shown(name), 'unknown', message, allowed);
    }
    if (this.fields.has(name)) return doubled(name);
    if (!isCut && !value.includes('\0')) return undefined;
    const message = `'${name}' must be a text of at most ${LIMITS.fieldSize} bytes, without NUL.`;
    return invalidField(name, 'maxLength', message);
  }

  private required() {
    const { file, fields } = this.shape;
    const allowed = [file, ...fields];
    const message = `The '${file}' field is required. Send multipart/form-data with: ${allowed.join(', ')}.`;
    return invalidField(file, 'required', message, allowed);
  }
}

const doubled = (name: string) => invalidField(name, 'single', `'${name}' may be given once only.`);

/**
 * Reads a form whose file goes to `take` while it arrives.
 *
 * @param take must take the file's bytes to their end, or throw
 * @throws AppError VALIDATION_ERROR naming the part at fault, MALFORMED_REQUEST, what the shape says of a body too large, the
 *   signal's reason, and whatever `take` throws
 */
export const readForm = <T>(
  request: IncomingMessage,
  shape: FormShape,
  take: (file: FormFile) => Promise<T>,
  signal: AbortSignal,
): Promise<ReadForm<T>> => new FormReader(request, shape, take).read(signal);
