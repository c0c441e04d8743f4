import { BlockList, isIP, isIPv4 } from 'node:net';

/**
 * IPv4 networks that lead to no server of the public Internet (IANA's registry of special-purpose addresses, RFC 6890, and
 * multicast, RFC 5771).
 */
const SPECIAL_4 = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
  192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
  240.0.0.0/4`;

/** Global unicast, outside of which nothing of IPv6 is public: no loopback, mapped, NAT64, link-local or multicast address. */
const GLOBAL_6 = '2000::/3';

/**
 * What is not public within it: IETF protocols with Teredo, documentation, 6to4, which carries an IPv4 address, segment
 * routing.
 */
const SPECIAL_6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20';

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6');

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = familyOf(address);
    list.addSubnet(address, bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits), family);
  }
  return list;
}

const listed = (text: string): string[] => text.split(/\s+/).filter((part) => part !== '');

const special = blockListOf([...listed(SPECIAL_4), ...listed(SPECIAL_6)]);
const global6 = blockListOf([GLOBAL_6]);

/** Says which addresses a request that is made for a user may reach: public ones, and those that the operator allows. */
export class ReachableAddresses {
  private readonly allowed: BlockList;

  /** @param allowed addresses and networks (CIDR) beside the public ones */
  constructor(allowed: readonly string[]) {
    this.allowed = blockListOf(allowed);
  }

  /** Whether an address may be reached; what is no address may not. */
  permits(address: string): boolean {
    // A zone says through which of this server's own networks to go.
    if (isIP(address) === 0 || address.includes('%')) return false;
    const family = familyOf(address);
    if (this.allowed.check(address, family)) return true;
    return (family === 'ipv4' || global6.check(address, family)) && !special.check(address, family);
  }
}
