/** A mask shows a little of a value and stars for the rest; undefined when the value has not the form it expects. */
export type Mask = (text: string) => string | undefined;

/** Shows nothing, not even the length. */
export const FULL_MASK = '********';

/** Values shorter than this many characters (code points) show at most a quarter of themselves. */
export const SHORT_VALUE = 8;

/** `jo***@example.com`: the first two characters of the local part, but never more than half of it. */
export function maskEmail(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = [...text.slice(0, at)];
  return `${local.slice(0, Math.min(2, Math.floor(local.length / 2))).join('')}***${text.slice(at)}`;
}

/** `555****67`: the first three and last two digits, a leading plus kept; only the last two of fewer than eight digits. */
export function maskPhone(text: string): string | undefined {
  const digits = digitsOf(text);
  if (digits.length < 4) return undefined;
  const first = digits.length < SHORT_VALUE ? '' : digits.slice(0, 3);
  return `${first !== '' && text.trimStart().startsWith('+') ? '+' : ''}${first}****${digits.slice(-2)}`;
}

/** `**** **** **** 1234`, within what PCI DSS v4.0 requirement 3.4.1 allows to show. */
export function maskCreditCard(text: string): string | undefined {
  const digits = digitsOf(text);
  return digits.length < 12 ? undefined : `**** **** **** ${digits.slice(-4)}`;
}

/** `DE****************4321`: the country and the last four characters, in compact form. */
export function maskIban(text: string): string | undefined {
  const compact = text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (!/^[A-Za-z]{2}[A-Za-z0-9]{13,}$/.test(compact)) return undefined;
  return `${compact.slice(0, 2)}${'*'.repeat(compact.length - 6)}${compact.slice(-4)}`;
}

/** `*****4321`: the last four characters of a number of eight or more, as its holders are asked to confirm it. */
export function maskNumber(text: string): string | undefined {
  const compact = text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return compact.length < SHORT_VALUE ? undefined : `${'*'.repeat(compact.length - 4)}${compact.slice(-4)}`;
}

/** `***-**-1234` */
export function maskSsn(text: string): string | undefined {
  const digits = digitsOf(text);
  return digits.length === 9 ? `***-**-${digits.slice(-4)}` : undefined;
}

/** `J*** S***`: the first letter of each word of two or more; fewer letters when a short name would show over a quarter. */
export function maskPerson(text: string): string {
  const length = [...text].length;
  let shown = length < SHORT_VALUE ? Math.floor(length / 4) : length;
  const words = text.split(/[\s-]+/).filter((word) => word !== '');
  const masked = words.map((word) => {
    const characters = [...word];
    if (characters.length < 2 || shown === 0) return '***';
    shown--;
    return `${characters[0] ?? ''}***`;
  });
  return masked.join(' ');
}

/** `192.168.*.*`, `2001:db8:0:0:*:*:*:*`: the half that names the network; of a mapped address that of its IPv4 part. */
export function maskIp(text: string): string | undefined {
  const [address = ''] = text.split(/[%/]/);
  const v4 = /^(.*:)?(\d{1,3}\.\d{1,3})\.\d{1,3}\.\d{1,3}$/.exec(address);
  if (v4 !== null) return `${v4[1] ?? ''}${v4[2] ?? ''}.*.*`;
  const groups = expandIpv6(address);
  return groups === undefined ? undefined : `${groups.slice(0, 4).join(':')}:*:*:*:*`;
}

function expandIpv6(address: string): string[] | undefined {
  const halves = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const [left = [], right] = halves;
  const missing = 8 - left.length - (right?.length ?? 0);
  if (halves.length > 2 || missing < 0 || (right === undefined && missing !== 0)) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...(right ?? [])];
  return groups.every((group) => /^[\da-f]{1,4}$/i.test(group)) ? groups : undefined;
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
