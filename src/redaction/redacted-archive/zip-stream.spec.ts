import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { type ArchiveEntry, zipStream } from './zip-stream.js';

const AT = new Date('2026-03-15T11:05:00.000Z');

const entry = (name: string, bytes: Readable | Buffer, compress = false): ArchiveEntry => ({
  ...{ name, compress, modifiedAt: AT },
  bytes: bytes instanceof Readable ? bytes : Readable.from([bytes], { objectMode: false }),
});

async function* listed(...entries: ArchiveEntry[]): AsyncGenerator<ArchiveEntry> {
  yield* entries;
}

const open = promisify<Buffer, object, ZipFile>(fromBuffer);

async function unzip(bytes: Buffer): Promise<{ entry: Entry; content: Buffer }[]> {
  const zip = await open(bytes, { lazyEntries: true });
  const read = promisify<Entry, Readable>(zip.openReadStream.bind(zip));
  const found: { entry: Entry; content: Buffer }[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    zip.once('end', resolve).once('error', reject);
    zip.on('entry', (one: Entry) => {
      void read(one).then(async (stream) => {
        found.push({ entry: one, content: await buffer(stream) });
        zip.readEntry();
      }, reject);
    });
  });
  zip.readEntry();
  await ended;
  return found;
}

/** Tells how much of it has been read. */
function endless(): { stream: Readable; read: () => number } {
  let count = 0;
  const stream = new Readable({
    read() {
      count += 65_536;
      this.push(randomBytes(65_536));
    },
  });
  return { stream, read: () => count };
}

describe('an archive that is streamed', () => {
  it('holds every file byte for byte, text made smaller, all else as it is', async () => {
    const [noise, text] = [randomBytes(300_000), Buffer.from('What is said is said. '.repeat(5_000))];
    const bytes = await buffer(
      zipStream(
        listed(
          entry('Übersicht – 2026.pdf', noise),
          entry('a.txt', text, true),
          entry('empty', Buffer.alloc(0)),
        ),
      ),
    );
    const files = await unzip(bytes);
    expect(files.map(({ entry: one }) => one.fileName)).toEqual(['Übersicht – 2026.pdf', 'a.txt', 'empty']);
    expect(files.map(({ content }) => content.length)).toEqual([noise.length, text.length, 0]);
    expect(files[0]?.content.equals(noise) && files[1]?.content.equals(text)).toBe(true);
    expect(files.map(({ entry: one }) => one.compressionMethod)).toEqual([0, 8, 0]);
    expect(bytes.length).toBeLessThan(noise.length + 10_000);
    for (const { entry: one } of files) {
      expect(one.generalPurposeBitFlag & 0x800).toBe(0x800);
      expect(one.getLastModDate()).toEqual(AT);
    }
  });

  it('reads no further than it is read, and opens one file after the other', async () => {
    const { stream, read } = endless();
    let opened = 0;
    const zip = zipStream(
      (async function* () {
        opened += 1;
        yield entry('endless.bin', stream);
        opened += 1;
        yield entry('never.bin', Buffer.alloc(1));
      })(),
    );
    for await (const chunk of zip) if (chunk.length > 0 && read() > 1_000_000) break;
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(opened).toBe(1);
    expect(read()).toBeLessThan(3_000_000);
  });

  it('ends with the error of a file, and opens nowhere then', async () => {
    const broken = new Readable({
      read() {
        this.push(randomBytes(1000));
        this.destroy(new Error('a frame that does not verify'));
      },
    });
    const chunks: Buffer[] = [];
    const reading = (async () => {
      for await (const chunk of zipStream(listed(entry('a', randomBytes(5000)), entry('b', broken))))
        chunks.push(chunk);
    })();
    await expect(reading).rejects.toThrow('a frame that does not verify');
    await expect(unzip(Buffer.concat(chunks))).rejects.toThrow(/[Ee]nd of central directory/);
  });

  it('ends with the error of what finds the files', async () => {
    async function* failing(): AsyncGenerator<ArchiveEntry> {
      yield entry('a', randomBytes(10));
      throw new Error('gone');
    }
    await expect(buffer(zipStream(failing()))).rejects.toThrow('gone');
  });

  it('stops reading as its reader leaves', async () => {
    const { stream } = endless();
    const zip = zipStream(listed(entry('endless.bin', stream)));
    await new Promise((resolve) => zip.once('data', resolve));
    zip.destroy();
    for (let turns = 0; turns < 50 && !stream.destroyed; turns += 1) await turn();
    expect(stream.destroyed).toBe(true);
  });
});
