import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { DocumentFailure } from '../document-failure.js';

/** A text with how it was spelled in bytes. */
export interface DecodedText {
  /** Without a byte order mark. */
  readonly text: string;
  /** As iconv-lite names it. */
  readonly encoding: string;
  readonly hasMark: boolean;
}

/** Byte order marks, longer ones first: UTF-32LE begins like UTF-16LE. */
const MARKS: readonly (readonly [string, Buffer])[] = [
  ['utf-32le', Buffer.from([0xff, 0xfe, 0, 0])],
  ['utf-32be', Buffer.from([0, 0, 0xfe, 0xff])],
  ['utf8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];
/** ISO 8859-1 stands for its superset, as the WHATWG encoding standard has it. */
const SUPERSETS: ReadonlyMap<string, string> = new Map([
  ['ISO-8859-1', 'windows-1252'],
  ['ISO-8859-9', 'windows-1254'],
]);
/** Escapes by which ISO 2022 switches its character sets. They are ASCII, and so is what they make unreadable. */
const SHIFTS = ['\u001b$', '\u001b('];
const SAMPLE = 64 * 1024;
const LEAST_CONFIDENCE = 10;

/**
 * Reads a text: by its byte order mark, as UTF-8 where it is valid UTF-8, and else in the likeliest older encoding in which
 * it can be read and written back byte for byte.
 * @throws DocumentFailure `DOCUMENT_UNDECODABLE`
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = MARKS.find(([, start]) => buffer.subarray(0, start.length).equals(start));
  const decoded =
    mark === undefined ? withoutMark(buffer) : attempt(buffer.subarray(mark[1].length), mark[0], true);
  if (decoded === undefined || !isText(decoded.text)) throw new DocumentFailure('DOCUMENT_UNDECODABLE');
  return decoded;
}

/** Whole characters; of control characters, texts have tabs, line and page breaks, DOS's end of file, and terminals' escapes. */
function isText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 && !(code >= 0x09 && code <= 0x0d) && code !== 0x1a && code !== 0x1b) return false;
  }
  return text.isWellFormed() && !SHIFTS.some((shift) => text.includes(shift));
}

/** A text in the encoding of another one; in UTF-8, with a mark unless told otherwise, where that cannot spell it. */
export function encodeText(text: string, { encoding, hasMark }: DecodedText, marksFallback = true): Buffer {
  const bytes = iconv.encode(text, encoding);
  const isSpelled = encoding === 'utf8' || iconv.decode(bytes, encoding, { stripBOM: false }) === text;
  if (!isSpelled)
    return Buffer.concat([marksFallback ? markOf('utf8') : Buffer.alloc(0), Buffer.from(text, 'utf8')]);
  return hasMark ? Buffer.concat([markOf(encoding), bytes]) : bytes;
}

const markOf = (encoding: string): Buffer =>
  MARKS.find(([name]) => name === encoding)?.[1] ?? Buffer.alloc(0);

function withoutMark(buffer: Buffer): DecodedText | undefined {
  if (isUtf8(buffer)) return { text: buffer.toString('utf8'), encoding: 'utf8', hasMark: false };
  if (buffer.includes(0)) return undefined;
  for (const { name, confidence } of analyse(sampleOf(buffer))) {
    if (confidence < LEAST_CONFIDENCE || /^utf/i.test(name)) continue;
    const encoding = SUPERSETS.get(name) ?? name;
    const decoded = iconv.encodingExists(encoding) ? attempt(buffer, encoding, false) : undefined;
    if (decoded !== undefined && !decoded.text.includes('\ufffd')) return decoded;
  }
  return undefined;
}

/** Undefined unless writing the text back gives the same bytes. */
function attempt(bytes: Buffer, encoding: string, hasMark: boolean): DecodedText | undefined {
  const text = iconv.decode(bytes, encoding, { stripBOM: false });
  return iconv.encode(text, encoding).equals(bytes) ? { text, encoding, hasMark } : undefined;
}

/** Lines with bytes beyond ASCII, for the others say nothing about the encoding. */
function sampleOf(buffer: Buffer): Buffer {
  if (buffer.length <= SAMPLE) return buffer;
  const lines: Buffer[] = [];
  let size = 0;
  for (let at = 0; at < buffer.length && size < SAMPLE; ) {
    const newline = buffer.indexOf(0x0a, at);
    const end = Math.min(newline < 0 ? buffer.length : newline + 1, at + SAMPLE);
    const line = buffer.subarray(at, end);
    if (line.some((byte) => byte > 0x7f)) {
      lines.push(line);
      size += line.length;
    }
    at = end;
  }
  return Buffer.concat(lines);
}
