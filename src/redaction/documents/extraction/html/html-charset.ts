import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { decodeText } from '../../text/text-encoding.js';

/** How far browsers look for what a page says of its encoding. */
const HEAD_BYTES = 4 * 1024;
const META = /<meta\b[^>]{0,500}?\bcharset\s*=\s*["']?\s*([\w:.-]{2,40})/i;

/**
 * Decodes a page: by its byte order mark, as UTF-8 where it is that, by what it says itself, and else as any text.
 * @throws DocumentFailure `DOCUMENT_UNDECODABLE`
 */
export function decodeHtml(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const label = META.exec(buffer.subarray(0, HEAD_BYTES).toString('latin1'))?.[1];
  const decoder = label === undefined || hasMark(buffer) ? undefined : decoderOf(label);
  // ISO 2022 and its like are spelled in ASCII, which is UTF-8 too.
  if (decoder === undefined || decoder.encoding.startsWith('utf-')) return decodeText(bytes).text;
  if (isUtf8(buffer) && !decoder.encoding.startsWith('iso-2022')) return decodeText(bytes).text;
  // Node 20 reads it as ISO 8859-1, in which quotes, dashes and the euro sign are control characters.
  if (decoder.encoding === 'windows-1252') return iconv.decode(buffer, decoder.encoding);
  return decoder.decode(buffer);
}

const hasMark = (buffer: Buffer): boolean =>
  [0xfeff, 0xfffe].includes(buffer.length < 2 ? 0 : buffer.readUInt16BE()) ||
  buffer.subarray(0, 3).toString('hex') === 'efbbbf';

function decoderOf(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
