/** First byte: how the rest is to be read. */
const UTF8 = 0;
const UTF16 = 1;

/** A text as bytes, one to one: UTF-8, or UTF-16 when it holds unpaired surrogates, which UTF-8 cannot carry. */
export const encodeText = (text: string): Buffer =>
  text.isWellFormed()
    ? Buffer.concat([Buffer.of(UTF8), Buffer.from(text, 'utf8')])
    : Buffer.concat([Buffer.of(UTF16), Buffer.from(text, 'utf16le')]);

/** The text that {@link encodeText} was given. */
export const decodeText = (bytes: Buffer): string =>
  bytes.toString(bytes[0] === UTF16 ? 'utf16le' : 'utf8', 1);
