import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { AppControllerRoute } from '@bull-board/api/typings/app';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Settings } from '../platform/config/settings.js';
import { platformError } from '../platform/errors/app-error.js';
import { describeError } from '../platform/errors/describe-error.js';
import { toAppError } from '../platform/errors/to-app-error.js';
import { answerError } from '../platform/http/error-answer.js';
import type { ErrorPresenters } from '../platform/http/error-presenter.js';
import { type BellBackend, openBellBackend } from '../platform/queue/bell-backend.js';

/** Where browsers find the board, and its internal route. */
const BASE = '/admin/queues';
const ROUTE = `/_root${BASE}`;

/** The page sets styles of its own; scripts, pictures and data come from here alone. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const CHALLENGE = 'Basic realm="Redoubt: any user name, an administrator\'s API key as password"';

/** The page asks Google for a font; nobody else should learn that it was opened. */
const FOREIGN_LINKS = /<link[^>]+href="https?:[^>]*>/g;

/** Shows; changes nothing, since routes that change something are left out. */
class ReadOnlyAdapter extends FastifyAdapter {
  override setApiRoutes(routes: AppControllerRoute[]): FastifyAdapter {
    return super.setApiRoutes(routes.filter(({ method }) => method === 'get'));
  }
}

/** bull-board reads queues of either backend, though its type knows Redis alone. */
type AnyQueue = ConstructorParameters<typeof BullMQAdapter>[0];

interface BoardOptions {
  readonly settings: Settings;
  readonly presenters: ErrorPresenters;
  readonly logger: Logger;
}

/**
 * Browsers ask a person for a name and a password alone: here, and only here, the password of HTTP Basic is taken as
 * the API key. To be added before what authenticates requests.
 */
export function acceptBasicForBoard(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const encoded = /^basic\s+([\w+/=-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (encoded && request.routeOptions.url?.startsWith(ROUTE)) {
      const pair = Buffer.from(encoded, 'base64').toString('utf8');
      request.headers.authorization = `Bearer ${pair.slice(pair.indexOf(':') + 1)}`;
    }
    done();
  });
}

/** Opens the queue when somebody looks at it first: most API processes never need it. */
class LazyQueue {
  private backend: BellBackend | undefined;

  constructor(
    private readonly options: BoardOptions,
    private readonly show: (adapter: BullMQAdapter) => void,
  ) {}

  open(): void {
    if (this.backend) return;
    const { settings, logger } = this.options;
    this.backend = openBellBackend(settings);
    this.backend.onError((error) => logger.warn({ message: 'queue board', err: describeError(error) }));
    const queue = this.backend.queue as AnyQueue;
    this.show(new BullMQAdapter(queue, { readOnlyMode: true, description: 'Calls for tasks' }));
  }

  async close(): Promise<void> {
    await this.backend?.close();
  }
}

function administratorsOnly({ principal }: FastifyRequest): void {
  if (!principal) throw platformError('UNAUTHENTICATED');
  if (principal.systemRole !== 'admin')
    throw platformError('PERMISSION_DENIED', { message: 'The queue board is for administrators.' });
}

/** Lets administrators look at the queue of calls with bull-board, at `/admin/queues`. */
export function addQueueBoard(fastify: FastifyInstance, options: BoardOptions): void {
  const serverAdapter = new ReadOnlyAdapter();
  const { addQueue } = createBullBoard({
    queues: [],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Redoubt queues', hideRedisDetails: true } },
  });
  serverAdapter.setBasePath(BASE);
  const queue = new LazyQueue(options, addQueue);
  const fail = (thrown: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const error = toAppError(thrown);
    if (error.row.status >= 500)
      options.logger.error({ requestId: request.id, code: error.code, err: describeError(error) });
    answerError(options.presenters, error, request, reply);
  };
  fastify.register(
    async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: 'authenticated' };
        route.errorHandler = fail;
      });
      scope.addHook('onRequest', async (request) => {
        administratorsOnly(request);
        queue.open();
      });
      scope.addHook('onSend', async (_request, reply, payload) => seal(reply, payload));
      scope.addHook('onClose', () => queue.close());
      await scope.register(serverAdapter.registerPlugin());
    },
    { prefix: ROUTE },
  );
}

/** What every answer of the board carries; the page is freed of foreign links. */
function seal(reply: FastifyReply, payload: unknown): unknown {
  reply.header('cache-control', 'no-store').header('content-security-policy', POLICY);
  reply.header('referrer-policy', 'no-referrer');
  if (reply.statusCode === 401) reply.header('www-authenticate', CHALLENGE);
  return typeof payload === 'string' ? payload.replaceAll(FOREIGN_LINKS, '') : payload;
}
