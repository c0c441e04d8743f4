export { CRYPTO_ERRORS, cryptoError } from './crypto.errors.js';
export { CryptoModule } from './crypto.module.js';
export { KeyRing, PURPOSES } from './key-ring.service.js';
export { keyedDigest } from './keyed-digest.js';
export { loadMasterKey } from './master-key.js';
export { newKey, openUnderOwnKey, sealUnderOwnKey } from './own-key.js';
export { OpenError } from './xaes.js';
