import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { platformError } from '../errors/app-error.js';
import { type FormFile, type FormShape, type ReadForm, readForm } from './multipart-form.js';
import { signalOf } from './request-deadline.js';
import { noteBody, noteForm } from './request-digest.js';
import { transferOf } from './transfer.js';
import { hasBody } from './unread-body.js';

const FORM = /^multipart\/form-data\b/i;

const needsForm = () =>
  platformError('UNSUPPORTED_MEDIA_TYPE', {
    message: 'Send the file as multipart/form-data, with the Content-Type that your client sets for a form.',
  });

interface PlainBody {
  /** The type of what may come in place of a form: the file as the body itself, or JSON. */
  readonly plain?: string;
}

const plainOf = ({ is404, routeOptions }: FastifyRequest): string | undefined =>
  is404 ? undefined : (routeOptions?.config as PlainBody | undefined)?.plain;

const isPlain = (request: FastifyRequest): boolean => {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  return type !== undefined && type === plainOf(request);
};

/**
 * Forms are for operations that declare them, and those take nothing else but, some of them, the file alone or JSON; both
 * is settled before a byte is read.
 */
export function addForms(fastify: FastifyInstance): void {
  fastify.addHook('preParsing', (request, _, payload, done) => {
    const isWrong =
      transferOf(request) === 'upload' &&
      hasBody(request.raw) &&
      !isPlain(request) &&
      !FORM.test(request.headers['content-type'] ?? '');
    done(isWrong ? needsForm() : null, payload);
  });
  fastify.addContentTypeParser(FORM, (request, _payload, done) => {
    done(transferOf(request) === 'upload' ? null : platformError('UNSUPPORTED_MEDIA_TYPE'), undefined);
  });
  fastify.addContentTypeParser<Buffer>('text/csv', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isPlain(request)) return done(hasBody(request.raw) ? platformError('UNSUPPORTED_MEDIA_TYPE') : null);
    noteBody(request, body);
    done(null, body);
  });
}

/** A form that has not been read. */
export class IncomingForm {
  constructor(private readonly request: FastifyRequest) {}

  /** What the client says the whole body takes, in bytes; undefined when it does not say. */
  get declaredBytes(): number | undefined {
    const length = this.request.headers['content-length'];
    return length === undefined ? undefined : Number(length);
  }

  /**
   * Reads it once, see {@link readForm}. What tells this request from others is its fields, and its file by name and
   * digest: another boundary makes no other request.
   */
  async read<T extends { readonly digest: Buffer }>(
    shape: FormShape,
    take: (file: FormFile) => Promise<T>,
  ): Promise<ReadForm<T>> {
    const form = await readForm(this.request.raw, shape, take, signalOf(this.request));
    const fields = [...form.fields].sort(([a], [b]) => (a < b ? -1 : 1));
    noteForm(this.request, JSON.stringify([fields, form.fileName]), form.taken.digest);
    return form;
  }
}

/** Hands a controller the request's {@link IncomingForm}. */
export const CurrentForm = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    new IncomingForm(context.switchToHttp().getRequest<FastifyRequest>()),
);
