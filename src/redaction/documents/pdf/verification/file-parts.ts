import { inflate, MOST_STREAM_BYTES } from '../content/stream-decoding.js';

/** A part of a file: what its streams hold once unfolded, or what stands around them. */
export interface FilePart {
  readonly bytes: Uint8Array;
  readonly kind: 'objects' | 'text' | 'binary';
}

const MOST_PICTURE_BYTES = 16 * 1024 * 1024;
const STREAM = /stream\r?\n/g;

/**
 * Takes a PDF apart by the words `stream` and `endstream` alone, without any of the code that made it.
 * @throws DocumentFailure when a stream does not unfold
 */
export function* partsOf(file: Uint8Array): Generator<FilePart> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const text = bytes.toString('latin1');
  let from = 0;
  for (const match of text.matchAll(STREAM)) {
    if (match.index < from || text.slice(match.index - 3, match.index) === 'end') continue;
    const start = match.index + match[0].length;
    const dictionary = text.slice(Math.max(from, text.lastIndexOf(' obj', match.index)), match.index);
    const end = endOf(text, start, dictionary);
    yield { bytes: bytes.subarray(from, match.index), kind: 'objects' };
    yield* streamParts(bytes.subarray(start, end), dictionary);
    from = end;
  }
  yield { bytes: bytes.subarray(from), kind: 'objects' };
}

function endOf(text: string, start: number, dictionary: string): number {
  const length = /\/Length (\d+)(?! \d+ R)/.exec(dictionary)?.[1];
  const end = start + Number(length);
  if (length !== undefined && /^\s*endstream/.test(text.slice(end, end + 12))) return end;
  const found = text.indexOf('endstream', start);
  return found < 0 ? text.length : found;
}

function* streamParts(stream: Uint8Array, dictionary: string): Generator<FilePart> {
  const isPicture = /\/Subtype ?\/Image\b/.test(dictionary);
  const isProgram = /\/Length1\b|\/Subtype ?\/(CIDFontType0C|Type1C|OpenType)\b/.test(dictionary);
  const isFlate = /\/Filter ?\[? ?\/(FlateDecode|Fl)\b/.test(dictionary);
  if (!isFlate) yield { bytes: stream, kind: /\/Filter\b/.test(dictionary) || isProgram ? 'binary' : 'text' };
  else if (isPicture) yield* picture(stream);
  else yield { bytes: inflate(stream, MOST_STREAM_BYTES * 2), kind: isProgram ? 'binary' : 'text' };
}

/** Pixels of large pictures are left folded: they can hold no value that anyone would read as text. */
function* picture(stream: Uint8Array): Generator<FilePart> {
  if (stream.length < MOST_PICTURE_BYTES / 16) yield { bytes: inflatedPicture(stream), kind: 'binary' };
}

function inflatedPicture(stream: Uint8Array): Uint8Array {
  try {
    return inflate(stream, MOST_PICTURE_BYTES);
  } catch {
    return stream;
  }
}
