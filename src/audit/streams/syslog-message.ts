import type { StreamMessage } from './stream-message.js';

/** Facility 13, "log audit", and severity 6, "informational" (RFC 5424 §6.2.1). */
const PRIORITY = 13 * 8 + 6;

/** The number that is kept for examples (RFC 5612): whoever filters by it needs none of ours. */
const STRUCTURED_ID = 'redoubt@32473';

const LONGEST_HOST = 255;
const LONGEST_NAME = 32;

/** Outside of ASCII, text says by this mark that it is UTF-8 (RFC 5424 §6.4). */
const MARK = '\uFEFF';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what lies outside of ASCII is the question
const ASCII = /^[\x00-\x7f]*$/;

/** A header field: printable ASCII without spaces, or a hyphen where nothing is left (RFC 5424 §6). */
const fieldOf = (text: string, longest: number): string =>
  text.replace(/[^\x21-\x7e]/g, '').slice(0, longest) || '-';

/** A parameter's value (RFC 5424 §6.3.3). */
const escaped = (text: string): string => text.replace(/["\\\]]/g, '\\$&');

/** A message as RFC 5424 has it, in UTF-8. @param host who sends it */
export function syslogMessage({ event, createdAt, fields, text }: StreamMessage, host: string): Buffer {
  const parameters = Object.entries(fields).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const header = [
    `<${PRIORITY}>1`,
    createdAt,
    ...[fieldOf(host, LONGEST_HOST), 'redoubt', '-', fieldOf(event, LONGEST_NAME)],
  ].join(' ');
  const mark = ASCII.test(text) ? '' : MARK;
  return Buffer.from(`${header} [${STRUCTURED_ID}${parameters.join('')}] ${mark}${text}`);
}

/** A message on a stream: its length in bytes stands before it (RFC 6587 §3.4.1, RFC 5425 §4.3). */
export const octetCounted = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${message.length} `), message]);
