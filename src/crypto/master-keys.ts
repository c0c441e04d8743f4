import type { Settings } from '../platform/config/settings.js';
import { loadMasterKey, loadNextMasterKey, type MasterKey } from './master-key.js';

/** A stored key is wrapped by a master key that this process was not given. */
export class UnknownMasterKey extends Error {
  constructor(id: string) {
    super(
      `This process does not know the master key ${id}, which the database uses. Give every process ` +
        'REDOUBT_MASTER_KEY and, while keys are rotated, REDOUBT_NEXT_MASTER_KEY; or let them share one data folder.',
    );
    this.name = 'UnknownMasterKey';
  }
}

/** The master keys that this process knows. Which of them is in use, the database says. */
export class MasterKeys {
  private known: readonly MasterKey[];

  /** @param read asks for all of them anew, since another process may have made one or put one away */
  constructor(private readonly read: () => readonly MasterKey[]) {
    this.known = read();
  }

  static of(...keys: readonly MasterKey[]): MasterKeys {
    return new MasterKeys(() => keys);
  }

  /** @throws StartError when there is none */
  static load(settings: Settings): MasterKeys {
    return new MasterKeys(() => {
      // The next one is read first: a rotation that ends between the two reads has then put it in the other's place.
      const next = loadNextMasterKey(settings);
      return [loadMasterKey(settings, false), ...(next ? [next] : [])];
    });
  }

  list(): readonly MasterKey[] {
    return this.known;
  }

  find(id: string): MasterKey | undefined {
    return this.known.find((key) => key.id === id) ?? this.reread().find((key) => key.id === id);
  }

  /** @throws UnknownMasterKey */
  get(id: string): MasterKey {
    const key = this.find(id);
    if (!key) throw new UnknownMasterKey(id);
    return key;
  }

  private reread(): readonly MasterKey[] {
    this.known = this.read();
    return this.known;
  }
}
