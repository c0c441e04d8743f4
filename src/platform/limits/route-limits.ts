import type { FastifyRequest } from 'fastify';
import type { Settings } from '../config/settings.js';
import type { Deprecation } from '../http/deprecation.js';
import type { IdPrefix } from '../http/ids.js';
import type { Access } from '../http/permission.js';

type NumberSetting = {
  [Name in keyof Settings]: Settings[Name] extends number ? Name : never;
}[keyof Settings];

/** A limit of a route's own: counted by client address, in place of every plan, of which it uses up nothing. */
export interface OwnLimit {
  /** Names the counter: routes that share it count together. Its refusals show it where others show their plan. */
  readonly name: string;
  /** The setting that holds the requests a minute. */
  readonly perMinute: NumberSetting;
}

/** What a route says of how it is counted. Most say nothing and count in their sender's plan alone. */
export interface RouteLimits {
  readonly ownLimit?: OwnLimit;
  /** Windows of the plan that only such routes count in, together with the plan's other windows. */
  readonly counts?: 'uploads' | 'completions';
}

/** What `@Operation` has told the router. Nothing is known of a route that does not exist. */
interface RouteConfig extends RouteLimits {
  readonly access?: Access;
  /** What the number in its path is the number of. */
  readonly numbered?: IdPrefix;
  /** Its form says where it belongs: a role is asked for by its service. */
  readonly placedByForm?: true;
  /** Is answered during a maintenance too, to whomever it finds to administer the instance. */
  readonly duringMaintenance?: boolean;
  /** Since when it is deprecated, and how long it stays. */
  readonly deprecated?: Deprecation;
}

export const routeConfigOf = ({ is404, routeOptions }: FastifyRequest): RouteConfig =>
  is404 ? {} : ((routeOptions?.config ?? {}) as RouteConfig);
