import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import { platformError } from '../errors/app-error.js';
import { toAppError } from '../errors/to-app-error.js';
import type { Gate } from '../limits/gate.js';
import { SANDBOX_BODY_BYTES } from '../limits/plans.js';
import { addDeprecations } from './deprecation-headers.js';
import { answerError } from './error-answer.js';
import type { ErrorPresenters } from './error-presenter.js';
import { newId } from './ids.js';
import { JsonBody } from './json-body.js';
import { keptAnswers } from './kept-answers.js';
import { answerMalformed } from './malformed-http.js';
import { addForms } from './multipart.js';
import { addDeadlines } from './request-deadline.js';
import { noteBody, noteLargeBody } from './request-digest.js';
import { authorizationScheme, routeSurface, type Surface } from './surface.js';
import { addArrivalLimits } from './transfer.js';
import { addDraining, drainUnread, hasBody } from './unread-body.js';

/** Headers may take 16 KiB, an ordinary request one minute to arrive, an idle connection 65 s (above usual proxies' 60 s). */
const MAX_HEADER_BYTES = 16 * 1024;
const ARRIVAL_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** Bodies up to this size, in bytes, are read in one go: a few milliseconds. */
const WHOLE_BODY_BYTES = 512 * 1024;

const SANDBOX_BODY_MESSAGE = 'A sandbox takes bodies of up to 10 MiB. Send less, or use a live credential.';

const surfaces = new WeakMap<IncomingMessage, Surface>();

/** Splits a request target into path and query, dropping scheme and host of the absolute form (RFC 9112 §3.2.2). */
function splitTarget(target: string): [path: string, query: string] {
  const origin = /^[a-z]+:\/\/[^/?]*/i.exec(target)?.[0] ?? '';
  const rest = target.slice(origin.length) || '/';
  const mark = rest.indexOf('?');
  return mark < 0 ? [rest, ''] : [rest.slice(0, mark), rest.slice(mark)];
}

function rewriteUrl(req: IncomingMessage): string {
  const [path, query] = splitTarget(req.url ?? '/');
  const { surface, route } = routeSurface(path, authorizationScheme(req.headers.authorization));
  surfaces.set(req, surface);
  return route + query;
}

/** The HTTP server: surface rule, request ids, body parsing and limits, set up before any module sees a request. */
export function createHttpAdapter(
  settings: Settings,
  presenters: ErrorPresenters,
  gate: Gate,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    rewriteUrl,
    genReqId: () => newId('req'),
    requestIdHeader: false,
    bodyLimit: settings.REDOUBT_BODY_LIMIT,
    trustProxy: settings.REDOUBT_TRUST_PROXY.length > 0 ? settings.REDOUBT_TRUST_PROXY : false,
    // 'true' would cut requests in flight when the server closes.
    forceCloseConnections: 'idle',
    // Of any request, files included; addArrivalLimits has those of others.
    requestTimeout: ARRIVAL_MS + settings.REDOUBT_UPLOAD_SECONDS * 1000,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    clientErrorHandler: answerMalformed(presenters, gate),
    frameworkErrors: async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      stamp(request, reply);
      const refusal = await gate.admitUnrouted(request, reply);
      drainUnread(request.raw, reply.raw);
      answerError(presenters, refusal ?? toAppError(error), request, reply);
    },
    skipMiddie: true,
    multipart: false,
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.setReplySerializer((answer) => keptAnswers.write(answer) as string);
  fastify.decorateRequest('surface', 'core');
  fastify.decorateRequest('principal', undefined);
  addHooks(fastify);
  addDeprecations(fastify, settings.REDOUBT_PUBLIC_URL);
  addDraining(fastify);
  addDeadlines(fastify, settings.REDOUBT_REQUEST_SECONDS, settings.REDOUBT_UPLOAD_SECONDS);
  addArrivalLimits(fastify, ARRIVAL_MS);
  addParsers(fastify);
  addForms(fastify);
  return adapter;
}

/** What every request and every answer carries; errors of the router are raised before the first hook. */
function stamp(request: FastifyRequest, reply: FastifyReply): void {
  request.surface = surfaces.get(request.raw) ?? 'core';
  reply.header('x-request-id', request.id);
  reply.header('x-content-type-options', 'nosniff');
  reply.header('cache-control', 'no-store');
}

function addHooks(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const limit = (route.config as { bodyLimit?: number } | undefined)?.bodyLimit;
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    stamp(request, reply);
    done();
  });
}

/** An empty body counts as none whatever its Content-Type; anything but UTF-8 JSON is refused unread. */
function addParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>(
    /^application\/(?:[\w.-]+\+)?json/i,
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (request.principal?.mode === 'sandbox' && body.length > SANDBOX_BODY_BYTES)
        return done(platformError('PAYLOAD_TOO_LARGE', { message: SANDBOX_BODY_MESSAGE }));
      if (body.length > WHOLE_BODY_BYTES)
        return void readLarge(request, body).then((value) => done(null, value), done);
      noteBody(request, body);
      if (body.length === 0) return done(null, undefined);
      if (!isUtf8(body))
        return done(platformError('INVALID_JSON', { message: 'The body is not valid UTF-8.' }));
      try {
        done(null, JSON.parse(body.toString('utf8')));
      } catch (error) {
        done(invalidJson(error));
      }
    },
  );
  fastify.addContentTypeParser('*', (request, _payload, done) => {
    done(hasBody(request.raw) ? platformError('UNSUPPORTED_MEDIA_TYPE') : null, undefined);
  });
}

/** As the parser of ordinary bodies, without keeping others waiting. */
async function readLarge(request: FastifyRequest, body: Buffer): Promise<unknown> {
  await noteLargeBody(request, body);
  if (!isUtf8(body)) throw platformError('INVALID_JSON', { message: 'The body is not valid UTF-8.' });
  return new JsonBody(body).read().catch((error: unknown) => {
    throw invalidJson(error);
  });
}

/** V8's message quotes the text around the fault, which may be personal: only the position is passed on. */
function invalidJson(error: unknown) {
  const position = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
  const where =
    position === undefined
      ? 'It ends too early or holds a stray character.'
      : `Fault at character ${position}.`;
  return platformError('INVALID_JSON', {
    message: `The body is not valid JSON. ${where}`,
    details: { field: 'body', constraint: 'json' },
  });
}
