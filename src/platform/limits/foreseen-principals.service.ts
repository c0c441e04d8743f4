import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { NotedCredentials } from '../http/noted-credentials.js';
import type { Principal } from '../http/principal.js';

/** Most credentials that are remembered. */
const MOST_FORESEEN = 10_000;

/**
 * Whom a request's credential stood for when it was let in last, so that what is needed of them can be looked up before it is certain. That
 * is never foreseen: whatever was begun for somebody else, or for nobody, is not used.
 */
@Injectable()
export class ForeseenPrincipals {
  private readonly admitted = new NotedCredentials<Principal>(MOST_FORESEEN);

  of({ headers }: FastifyRequest): Principal | undefined {
    return headers.authorization === undefined ? undefined : this.admitted.of(headers.authorization);
  }

  /**
   * Remembers who was let in, and forgets whom their limits or their credential keep out. Nothing is foreseen for a credential that is
   * bound to networks: from elsewhere it must count for the address alone.
   */
  note({ headers, principal }: FastifyRequest, isLetIn: boolean): void {
    const { authorization } = headers;
    if (authorization === undefined) return;
    const isBound = (principal?.allowedNetworks ?? []).length > 0;
    this.admitted.note(authorization, isLetIn && !isBound ? principal : undefined);
  }
}
