import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { type Allowance, allowanceOf, ownAllowance } from './allowance.js';
import { routeConfigOf } from './route-limits.js';

/** What each request may: its sender's plan, or the limit that its route has of its own. */
@Injectable()
export class Allowances {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  /** Whoever was refused as a stranger counts as one, so that no route's own limit helps to guess keys. */
  of(request: FastifyRequest): Allowance {
    const { access, ownLimit, counts } = routeConfigOf(request);
    const isWelcome = access === 'public' || request.principal !== undefined;
    if (!ownLimit || !isWelcome) return allowanceOf(request.principal, request.ip, counts);
    return ownAllowance(ownLimit.name, this.settings[ownLimit.perMinute], request.ip);
  }
}
