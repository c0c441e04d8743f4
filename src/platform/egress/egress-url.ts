import { isIP } from 'node:net';
import { EgressFault } from './egress-fault.js';
import type { ReachableAddresses } from './reachable-addresses.js';

/** A host as URLs write it: the address of `[::1]` stands in brackets. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/**
 * A URL that may be asked, as far as that shows without looking names up. The URL standard reads every spelling of an
 * IPv4 address (`2130706433`, `0x7f.1`, `①②⑦.⓪.⓪.①`) as the address that it is.
 * @throws EgressFault `url`, `address`
 */
export function egressUrlOf(text: string, reachable: ReachableAddresses): URL {
  if (!URL.canParse(text)) throw new EgressFault('url');
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '';
  if (!/^https?:$/.test(url.protocol) || !isPlain || url.hostname === '') throw new EgressFault('url');
  const host = hostOf(url);
  if (isIP(host) !== 0 && !reachable.permits(host)) throw new EgressFault('address');
  return url;
}
