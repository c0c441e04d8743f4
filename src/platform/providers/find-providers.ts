import type { DiscoveryService } from '@nestjs/core';

/**
 * The providers of all modules that extend a class: how features hand the platform what it is to run, without the
 * platform knowing them. Each instance once, in the order of the modules.
 */
export function findProviders<T extends object>(
  discovery: DiscoveryService,
  parent: abstract new (...args: never[]) => T,
): T[] {
  const instances: unknown[] = discovery.getProviders().map(({ instance }) => instance);
  return [...new Set(instances.filter((instance): instance is T => instance instanceof parent))];
}
