import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** An address or network of one family. */
interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

const ADDRESS_BITS = { ipv4: 32, ipv6: 128 } as const;
/** Leading bits of an IPv6 address that stands for an IPv4 one (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = 96;

/** The IPv4 address in an IPv4-mapped IPv6 one, however it is spelt: `::ffff:10.0.0.1`, `::ffff:a00:1`. */
function unmapped(address: string): string | undefined {
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text);
  if (!match) return undefined;
  const [high, low] = [Number.parseInt(match[1] ?? '', 16), Number.parseInt(match[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a single address; undefined when it is neither. */
function parseNetwork(text: string): Network | undefined {
  const [address = '', bits, ...rest] = text.split('/');
  // isIPv6 takes zones (fe80::1%eth0), which name an interface of one machine.
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) && !address.includes('%') ? 'ipv6' : undefined;
  if (!family || rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined;
  const prefix = bits === undefined ? ADDRESS_BITS[family] : Number(bits);
  if (prefix > ADDRESS_BITS[family]) return undefined;
  const inner = family === 'ipv6' && prefix >= MAPPED_BITS ? unmapped(address) : undefined;
  if (inner !== undefined) return { address: inner, prefix: prefix - MAPPED_BITS, family: 'ipv4' };
  return { address, prefix, family };
}

/** Whether a text is an address or a network in CIDR notation (RFC 4632, RFC 4291 §2.3). */
export const isNetwork = (text: string): boolean => parseNetwork(text) !== undefined;

/**
 * Whether an address lies in one of the networks. An IPv4-mapped IPv6 address counts as the IPv4 one it stands for.
 * An empty list allows every address; an address that cannot be read lies in none.
 */
export function isAllowedFrom(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const client = parseNetwork(address.replace(/%.*$/, ''));
  if (!client) return false;
  const list = new BlockList();
  for (const text of networks) {
    const network = parseNetwork(text);
    if (network) list.addSubnet(network.address, network.prefix, network.family);
  }
  return list.check(client.address, client.family);
}

const contains = (outer: Network, { address, prefix, family }: Network): boolean => {
  if (outer.family !== family || outer.prefix > prefix) return false;
  const list = new BlockList();
  list.addSubnet(outer.address, outer.prefix, outer.family);
  return list.check(address, family);
};

/** Whether whoever is let in by the inner list is let in by the outer one: each network lies within one of those. */
export function areWithin(inner: readonly string[], outer: readonly string[]): boolean {
  if (outer.length === 0) return true;
  const allowed = outer.map(parseNetwork);
  const asked = inner.map(parseNetwork);
  return (
    asked.length > 0 &&
    asked.every((network) => network && allowed.some((wide) => wide && contains(wide, network)))
  );
}
