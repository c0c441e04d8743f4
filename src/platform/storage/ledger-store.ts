/** Folder and name, of small letters, digits and underscores: they become paths. */
const NAME = /^[a-z][a-z_]*\/[a-z0-9_]{1,80}$/;

/** @throws Error: a name that we did not make is a fault of ours */
export function assertRecordName(name: string): void {
  if (!NAME.test(name)) throw new Error('not the name of a record');
}

/**
 * Small records that lie outside of the database, so that one that was restored from an older copy can be told what it has
 * forgotten. Never holds content, keys or personal data. Errors are AppErrors STORAGE_FULL (507) and
 * STORAGE_UNAVAILABLE (503).
 */
export abstract class LedgerStore {
  /** Keeps the record in the place of what was there before; durable when it answers. @param name `<folder>/<name>` */
  abstract put(name: string, bytes: Buffer): Promise<void>;

  /** Undefined where there is none. */
  abstract get(name: string): Promise<Buffer | undefined>;

  /** Names of all records of a folder, in their order. */
  abstract list(folder: string): Promise<string[]>;
}
