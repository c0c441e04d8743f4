import { open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { codeOf, diskError } from './file-streams.js';
import { makeFolder, syncFolder } from './folders.js';
import { assertRecordName, LedgerStore } from './ledger-store.js';

/** Records as files of one folder, readable by this account alone; each is replaced whole. */
export class LocalLedgerStore extends LedgerStore {
  private readonly root: string;
  private writes = 0;

  constructor(folder: string) {
    super();
    this.root = resolve(folder);
  }

  async put(name: string, bytes: Buffer): Promise<void> {
    const path = this.pathOf(name);
    const part = `${path}.${process.pid}.${this.writes++}.part`;
    try {
      await makeFolder(dirname(path));
      const file = await open(part, 'w', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(part, path);
      await syncFolder(dirname(path));
    } catch (error) {
      throw diskError(error);
    }
  }

  async get(name: string): Promise<Buffer | undefined> {
    return orNothing(readFile(this.pathOf(name)));
  }

  async list(folder: string): Promise<string[]> {
    const found = (await orNothing(readdir(join(this.root, folder)))) ?? [];
    return found
      .filter((name) => !name.endsWith('.part'))
      .map((name) => `${folder}/${name}`)
      .sort();
  }

  private pathOf(name: string): string {
    assertRecordName(name);
    return join(this.root, name);
  }
}

/** What is not there is nothing. @throws AppError STORAGE_UNAVAILABLE */
const orNothing = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw diskError(error);
  });
