import { open, readFile, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from '../../platform/storage/file-streams.js';
import { syncFolder } from '../../platform/storage/folders.js';

/** A file that always holds one whole checkpoint: it is replaced, never rewritten. */
export class CheckpointFile {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** Durable when it answers. @throws what the file system says */
  async write(note: string): Promise<void> {
    const part = `${this.path}.${process.pid}.part`;
    const file = await open(part, 'w', 0o644);
    try {
      await file.writeFile(note);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, this.path);
    await syncFolder(dirname(this.path));
  }

  /** Undefined where there is none. @throws what the file system says */
  async read(): Promise<string | undefined> {
    return readFile(this.path, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
  }
}
