import { Global, Module } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.module.js';
import { KeyRingRepository } from './key-ring.repository.js';
import { KeyRing } from './key-ring.service.js';
import { loadMasterKey, MASTER_KEY } from './master-key.js';
import { SealerService } from './sealer.service.js';

const masterKey = {
  provide: MASTER_KEY,
  inject: [SETTINGS],
  useFactory: (settings: Settings) => loadMasterKey(settings, false),
};

/** The key hierarchy and the sealing of values. Global, since the platform's audit writer asks for its sealer. */
@Global()
@Module({
  providers: [masterKey, KeyRingRepository, KeyRing, { provide: Sealer, useClass: SealerService }],
  exports: [KeyRing, Sealer],
})
export class CryptoModule {}
