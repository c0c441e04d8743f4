import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { EgressFault } from './egress-fault.js';
import { hostOf } from './egress-url.js';
import type { ReachableAddresses } from './reachable-addresses.js';

export interface FoundAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type LookUp = (name: string) => Promise<readonly FoundAddress[]>;

export const systemLookUp: LookUp = (name) => lookup(name, { all: true });

/**
 * The addresses to which a URL leads, each of which may be reached: of a name that also leads elsewhere none is taken.
 * @throws EgressFault `name`, `address`
 */
export async function addressesOf(
  url: URL,
  lookUp: LookUp,
  reachable: ReachableAddresses,
): Promise<readonly FoundAddress[]> {
  const host = hostOf(url);
  const family = isIP(host);
  const found = family === 0 ? await named(host, lookUp) : [{ address: host, family }];
  if (!found.every(({ address }) => reachable.permits(address))) throw new EgressFault('address');
  return found;
}

async function named(host: string, lookUp: LookUp): Promise<readonly FoundAddress[]> {
  const found = await lookUp(host).catch(() => []);
  if (found.length === 0) throw new EgressFault('name');
  return found;
}

/**
 * Connects to these addresses and no others, whatever the name has come to mean since they were looked at; and to none that
 * turns out to be another.
 */
export function pinnedConnector(
  addresses: readonly FoundAddress[],
  reachable: ReachableAddresses,
): buildConnector.connector {
  const pinned: LookupFunction = (_, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
  const connect = buildConnector({ lookup: pinned, autoSelectFamily: true, allowH2: false });
  return (options, callback) =>
    connect(options, (...outcome) => {
      const [error, socket] = outcome;
      if (error !== null) return callback(error, null);
      if (reachable.permits(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      return callback(new EgressFault('address'), null);
    });
}
