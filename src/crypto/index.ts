export { CryptoModule } from './crypto.module.js';
export { KeyRing } from './key-ring.service.js';
export { loadMasterKey } from './master-key.js';
export { OpenError } from './xaes.js';
