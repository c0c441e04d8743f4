import type { Readable } from 'node:stream';
import { isId, newId } from '../http/ids.js';

/** A fresh name for an object: says nothing of what lies in it, or of whose it is. */
export const newObjectKey = (): string => newId('obj');

/** Keys become paths: one that we did not make is a fault of ours. @throws Error */
export function assertObjectKey(key: string): void {
  if (!isId('obj', key)) throw new Error('not the key of an object');
}

/**
 * Where the encrypted bytes of files lie, each object under a key of ours. An object is written once, appears whole
 * or not at all, and is durable when `put` answers. Errors of the storage are AppErrors STORAGE_FULL (507) and
 * STORAGE_UNAVAILABLE (503), which repeat nothing that a server or file system said.
 */
export abstract class ObjectStore {
  /**
   * Stores what the source yields; takes no more than it can write (back-pressure), and copies nothing, so a chunk must
   * not be changed once it was handed over. When it throws, nothing is left, and the source is destroyed.
   * @returns the number of bytes stored
   * @throws AppError STORAGE_FULL, STORAGE_UNAVAILABLE; what the source threw; the signal's reason
   */
  abstract put(key: string, source: Readable, signal: AbortSignal): Promise<{ size: number }>;

  /**
   * The object's bytes. The stream ends in STORAGE_UNAVAILABLE when the storage fails under way; destroy it to stop.
   * @throws ObjectMissing, AppError STORAGE_UNAVAILABLE
   */
  abstract get(key: string): Promise<Readable>;

  /** Removes the object and what an unfinished `put` of it left; also when there is none. @throws AppError STORAGE_UNAVAILABLE */
  abstract delete(key: string): Promise<void>;

  /** Whether objects can be kept at all. @throws StartError that says what to put right, AppError STORAGE_UNAVAILABLE */
  abstract check(): Promise<void>;
}
