import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file on its way into an archive. */
export interface ArchiveEntry {
  /** Without folders, and no other entry's. */
  readonly name: string;
  readonly modifiedAt: Date;
  /** Whether its bytes get smaller by it. */
  readonly compress: boolean;
  readonly bytes: Readable;
}

const MODE = 0o100644;

/**
 * A ZIP of files, one read after the other as the archive is read. What goes wrong with one, or with what finds them,
 * ends the archive with that error before its directory is written: such an archive opens nowhere. Whoever destroys it
 * destroys the file that is being read too.
 *
 * Names are UTF-8 and say so (APPNOTE.TXT, D.1); sizes follow the bytes in data descriptors, since a stream does not
 * know them before.
 */
export function zipStream(entries: AsyncIterable<ArchiveEntry>): Readable {
  const zip = new ZipFile();
  // A PassThrough, though its type says less.
  const output = zip.outputStream as Readable;
  const fail = (error: unknown): void =>
    void output.destroy(error instanceof Error ? error : new Error('failed'));
  zip.on('error', fail);
  void fill(zip, output, entries).catch(fail);
  return output;
}

async function fill(zip: ZipFile, output: Readable, entries: AsyncIterable<ArchiveEntry>): Promise<void> {
  for await (const { name, bytes, modifiedAt, compress } of entries) {
    const stop = (): void => void bytes.destroy();
    output.once('close', stop);
    if (output.destroyed) stop();
    try {
      const read = finished(bytes, { writable: false });
      zip.addReadStream(bytes, name, { mtime: modifiedAt, mode: MODE, compress });
      await read;
    } finally {
      output.off('close', stop);
    }
  }
  if (!output.destroyed) zip.end();
}
