const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** What a string operand holds, each character a byte (ISO 32000-1, 7.3.4). */
export function stringBytes(raw: string): string {
  if (raw.startsWith('<')) return hexBytes(raw.slice(1, -1));
  const inner = raw.slice(1, -1);
  if (!inner.includes('\\') && !inner.includes('\r')) return inner;
  return inner.replaceAll(/\\([0-7]{1,3}|\r\n|[\s\S])|\r\n?/g, (whole, escaped?: string) => {
    if (escaped === undefined) return '\n';
    if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 0xff);
    if (/^[\r\n]/.test(escaped)) return '';
    return ESCAPES[escaped] ?? whole.slice(1);
  });
}

function hexBytes(digits: string): string {
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex').toString('latin1');
}

/** What a name operand says, without its slash (ISO 32000-1, 7.3.5). */
export const nameOf = (raw: string): string =>
  raw
    .slice(1)
    .replaceAll(/#([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
