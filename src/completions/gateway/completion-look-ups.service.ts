import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { EarlyLookUps } from '../../platform/http/early-look-ups.js';
import type { Principal } from '../../platform/http/principal.js';
import { routeConfigOf } from '../../platform/limits/route-limits.js';
import { ShieldPolicies } from '../policies/shield-policies.service.js';
import type { EffectivePolicy } from '../policies/shield-policy.js';
import type { SecretsAhead } from '../shield/examination.js';
import { Shield } from '../shield/shield.service.js';
import { defaultProjectOf } from './completion-projects.service.js';
import { projectHeader } from './project-header.js';

/** Of what was looked up so long ago nothing is used: a body may take its time, and a policy may have changed meanwhile. */
const FRESH_MS = 500;

/** What every completion needs to know of its organization and project, on its way. */
export interface LookedUp {
  readonly secrets: SecretsAhead;
  readonly policy: Promise<EffectivePolicy>;
}

interface Begun extends LookedUp {
  readonly organizationId: string;
  readonly projectId: string | undefined;
  readonly at: number;
}

/** Begins to look up what completions need, while their senders are asked for and their bodies read. */
@Injectable()
export class CompletionLookUps extends EarlyLookUps {
  private readonly begun = new WeakMap<FastifyRequest, Begun>();

  constructor(
    private readonly shield: Shield,
    private readonly policies: ShieldPolicies,
  ) {
    super();
  }

  begin(request: FastifyRequest, principal: Principal): void {
    if (routeConfigOf(request).counts !== 'completions') return;
    const { organizationId } = principal;
    const projectId = projectHeader(request) || defaultProjectOf(principal);
    const policy = this.policies.effectiveOf(organizationId, projectId);
    // Whoever uses it hears of a failure; nobody else has to.
    policy.catch(() => undefined);
    const secrets = this.shield.lookAhead(organizationId);
    this.begun.set(request, { organizationId, projectId, secrets, policy, at: performance.now() });
  }

  /** What has begun for a completion in this organization and project; undefined when it was for another, or is old. */
  take(request: FastifyRequest, principal: Principal, projectId: string | undefined): LookedUp | undefined {
    const begun = this.begun.get(request);
    if (!begun || performance.now() - begun.at > FRESH_MS) return undefined;
    return begun.organizationId === principal.organizationId && begun.projectId === projectId
      ? begun
      : undefined;
  }
}
