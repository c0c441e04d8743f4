import { InstanceKeyRing } from '../instance-key-ring.service.js';
import { InstanceKeysRepository } from '../instance-keys.repository.js';
import { KeyRingRepository } from '../key-ring.repository.js';
import { KeyRing } from '../key-ring.service.js';
import { MasterKeyRing } from '../master-key-ring.service.js';
import { MasterKeys } from '../master-keys.js';
import { MasterKeysRepository } from '../master-keys.repository.js';

export { loadMasterKey } from '../master-key.js';
export { PURPOSES } from '../purposes.js';

/** The key rings of one process that knows these master keys, and has opened no key yet. */
export class TestKeys {
  readonly masters: MasterKeyRing;
  readonly keyRing: KeyRing;
  readonly instanceKeyRing: InstanceKeyRing;

  constructor(readonly masterKeys: MasterKeys) {
    this.masters = new MasterKeyRing(new MasterKeysRepository(), masterKeys);
    this.keyRing = new KeyRing(new KeyRingRepository(), this.masters);
    this.instanceKeyRing = new InstanceKeyRing(new InstanceKeysRepository(), this.masters);
  }
}
