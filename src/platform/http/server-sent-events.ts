import type { FastifyRequest } from 'fastify';

/** Made once: it holds the place where it was made, which costs more than the rest of an abort. */
const GONE = new DOMException('The client has left, or has got everything.', 'AbortError');

/** A signal that aborts when the client has left, or has got everything. */
export function goneSignal({ response }: FastifyRequest): AbortSignal {
  const controller = new AbortController();
  if (!response || response.closed) controller.abort(GONE);
  else response.once('close', () => controller.abort(GONE));
  return controller.signal;
}

/** One server-sent event (WHATWG HTML, section 9.2). */
export const serverSentEvent = (name: string, data: object): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** A comment, which clients pass over: it keeps proxies from cutting a silent connection. */
export const serverSentComment = (text: string): string => `: ${text}\n\n`;

/**
 * Those who follow something over connections that stay open: each until it leaves, and all until the server stops,
 * since their connections would keep it from that.
 */
export class Followers {
  private readonly present = new Set<AbortController>();
  private stopping = false;

  get isStopping(): boolean {
    return this.stopping;
  }

  sendAway(): void {
    this.stopping = true;
    for (const follower of this.present) follower.abort();
  }

  /**
   * @param gone aborts when nobody listens any more
   * @param story ends, too, once its signal aborts
   */
  async *follow<T>(
    gone: AbortSignal,
    story: (over: AbortSignal) => AsyncGenerator<T>,
  ): AsyncGenerator<T, void> {
    const follower = new AbortController();
    const leave = (): void => follower.abort();
    gone.addEventListener('abort', leave, { once: true });
    if (gone.aborted || this.stopping) leave();
    this.present.add(follower);
    try {
      yield* story(follower.signal);
    } finally {
      gone.removeEventListener('abort', leave);
      this.present.delete(follower);
    }
  }
}
