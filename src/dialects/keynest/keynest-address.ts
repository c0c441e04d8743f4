import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';

/** A host with or without port, as RFC 3986 §3.2.2 has it. */
const HOST = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** Under which address a client reaches Redoubt, for links in answers. */
@Injectable()
export class KeynestAddress {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** The deployment's address, else the one the client used; a Host that is none is not repeated. */
  baseOf({ protocol, host }: FastifyRequest): string {
    const { REDOUBT_PUBLIC_URL, PORT } = this.settings;
    return REDOUBT_PUBLIC_URL ?? `${protocol}://${HOST.test(host) ? host : `localhost:${PORT}`}`;
  }
}
