const HEADER_WITHIN = 1024;
const END_MARK = '%%EOF';

/** What a file's first and last bytes say, before anything parses it. */
export interface FileShape {
  readonly isPdf: boolean;
  /** Whether it ends as a PDF does: no object begins after its last end mark. */
  readonly isWhole: boolean;
  readonly isLinearized: boolean;
  /** Runs of bytes before its header and after its end. */
  readonly foreignParts: number;
}

export function fileShape(bytes: Uint8Array): FileShape {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = file.subarray(0, HEADER_WITHIN + 8).toString('latin1');
  const start = head.indexOf('%PDF-');
  const end = file.lastIndexOf(END_MARK);
  const tail = end < 0 ? '' : file.subarray(end + END_MARK.length).toString('latin1');
  return {
    isPdf: start >= 0 && start <= HEADER_WITHIN,
    isWhole: end >= 0 && !/\d+ \d+ obj\b/.test(tail),
    isLinearized: head.includes('/Linearized'),
    foreignParts: (start > 0 ? 1 : 0) + (/\S/.test(tail) ? 1 : 0),
  };
}
