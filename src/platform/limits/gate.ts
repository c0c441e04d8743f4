import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../errors/app-error.js';
import { toAppError } from '../errors/to-app-error.js';
import type { Admission, MalformedVerdict } from './admission.js';

const CLOSED: MalformedVerdict = { headers: {}, refusal: undefined };

/** The door of the HTTP server, which is there before the modules that decide who may enter. */
export class Gate {
  private admission: Admission | undefined;

  /** To be called before the server listens. */
  open(fastify: FastifyInstance, admission: Admission): void {
    this.admission = admission;
    fastify.decorateRequest('allowance', undefined);
    fastify.addHook('onRequest', (request, reply) => admission.admit(request, reply));
  }

  /** For requests that the router refuses before any hook. @returns what to answer instead, if anything */
  async admitUnrouted(request: FastifyRequest, reply: FastifyReply): Promise<AppError | undefined> {
    try {
      await this.admission?.admit(request, reply);
      return undefined;
    } catch (error) {
      return toAppError(error);
    }
  }

  /** For bytes that are no request. */
  async admitMalformed(address: string): Promise<MalformedVerdict> {
    return (await this.admission?.admitMalformed(address)) ?? CLOSED;
  }
}
