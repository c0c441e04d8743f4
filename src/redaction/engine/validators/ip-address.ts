/** Four decimal octets without leading zeros (RFC 6943 §3.1.1, strict form). */
export function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

/** RFC 4291 §2.2: eight groups, or fewer around one `::`, the last two possibly as an IPv4 address. */
export function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const [head = '', tail] = halves;
  const last = tail ?? head;
  const groups = [...groupsOf(head), ...(tail === undefined ? [] : groupsOf(tail))];
  const dotted = last.includes('.');
  if (dotted && !isIpv4(groups.at(-1) ?? '')) return false;
  const hexGroups = dotted ? groups.slice(0, -1) : groups;
  if (!hexGroups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = hexGroups.length + (dotted ? 2 : 0);
  return tail === undefined ? count === 8 : count <= 7;
}

function groupsOf(half: string): string[] {
  return half === '' ? [] : half.split(':');
}
