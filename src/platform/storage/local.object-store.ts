import { access, constants, type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { codeOf, diskError, FileSink, FileSource } from './file-streams.js';
import { makeFolder, syncFolder } from './folders.js';
import { assertObjectKey, ObjectStore } from './object-store.js';
import { ObjectMissing } from './storage.errors.js';

/**
 * Objects as files of one folder, readable by this account alone. An object is written beside its place under a name
 * made from its key, brought to the disk, and then renamed, so that a crash leaves all of it or something a sweep finds.
 */
export class LocalObjectStore extends ObjectStore {
  private readonly root: string;

  constructor(folder: string) {
    super();
    this.root = resolve(folder);
  }

  async put(key: string, source: Readable, signal: AbortSignal): Promise<{ size: number }> {
    const path = this.pathOf(key);
    // It may fail before anything reads it, which must not end the process; the pipeline meets the error then.
    source.on('error', () => {});
    try {
      const file = await this.create(path);
      return await keep(file, path, source, signal);
    } catch (error) {
      source.destroy();
      throw signal.aborted ? signal.reason : error;
    }
  }

  async get(key: string): Promise<Readable> {
    return new FileSource(
      await open(this.pathOf(key), 'r').catch((error) => {
        throw codeOf(error) === 'ENOENT' ? new ObjectMissing() : diskError(error);
      }),
    );
  }

  async delete(key: string): Promise<void> {
    const path = this.pathOf(key);
    for (const each of [partOf(path), path]) await rm(each, { force: true }).catch(rethrow);
  }

  async check(): Promise<void> {
    // Made with the first file: where none are kept, nothing is written.
    await assertWritable(this.root).catch(rethrow);
  }

  /** Folders are named after a key's end, which is random; its start is the time, the same for many. */
  private pathOf(key: string): string {
    assertObjectKey(key);
    return join(this.root, key.slice(-2), key);
  }

  private async create(path: string): Promise<FileHandle> {
    const create = () => open(partOf(path), 'wx', 0o600);
    return create().catch(async (error) => {
      if (codeOf(error) !== 'ENOENT') throw diskError(error);
      await makeFolder(dirname(path)).catch(rethrow);
      return create().catch(rethrow);
    });
  }
}

/** Where an object lies until it is whole. */
const partOf = (path: string): string => `${path}.part`;

const rethrow = (error: unknown): never => {
  throw diskError(error);
};

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    (error) => (codeOf(error) === 'ENOENT' ? false : rethrow(error)),
  );

/** Fills the new file and puts it into its place; removes it when that fails. */
async function keep(file: FileHandle, path: string, source: Readable, signal: AbortSignal) {
  try {
    const size = await fill(file, source, signal);
    if (await exists(path)) throw new Error('an object of this key is there already');
    await rename(partOf(path), path).catch(rethrow);
    await syncFolder(dirname(path)).catch(rethrow);
    return { size };
  } catch (error) {
    await rm(partOf(path), { force: true }).catch(() => {});
    throw error;
  }
}

/** Writes all of the source, down to the disk, and closes the file. */
async function fill(file: FileHandle, source: Readable, signal: AbortSignal): Promise<number> {
  const sink = new FileSink(file);
  try {
    await pipeline(source, sink, { signal });
    await sink.sync();
    signal.throwIfAborted();
  } finally {
    await file.close().catch(rethrow);
  }
  return sink.size;
}

/** Whether a folder can be written to, or else made. */
async function assertWritable(path: string): Promise<void> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await assertWritable(dirname(path));
  }
}
