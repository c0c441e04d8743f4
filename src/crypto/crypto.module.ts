import { Global, Module } from '@nestjs/common';
import { Sealer } from '../platform/audit/audit.writer.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/config/settings.module.js';
import { ConfigVault } from '../platform/configs/config-vault.js';
import { TenantKeys } from '../platform/tenants/tenant-keys.js';
import { InstanceConfigVault } from './config-vault.service.js';
import { EphemeralKeysRepository } from './ephemeral/ephemeral-keys.repository.js';
import { EphemeralKeys } from './ephemeral/ephemeral-keys.service.js';
import { EphemeralKeysSweeper } from './ephemeral/ephemeral-keys.sweeper.js';
import { EphemeralPool } from './ephemeral/ephemeral-pool.service.js';
import { ErasureKeys } from './erasure-keys.service.js';
import { GrantsRepository } from './grants/grants.repository.js';
import { Grants } from './grants/grants.service.js';
import { GrantsSweeper } from './grants/grants.sweeper.js';
import { EphemeralKeyController } from './http/ephemeral-key.controller.js';
import { InstanceKeyRing } from './instance-key-ring.service.js';
import { InstanceKeysRepository } from './instance-keys.repository.js';
import { InstanceSealer } from './instance-sealer.service.js';
import { KeyRingRepository } from './key-ring.repository.js';
import { KeyRing } from './key-ring.service.js';
import { KeySetUp } from './key-set-up.service.js';
import { MasterKeyRing } from './master-key-ring.service.js';
import { MasterKeySuccession } from './master-key-succession.service.js';
import { MasterKeys } from './master-keys.js';
import { MasterKeysRepository } from './master-keys.repository.js';
import { ProjectKeysRepository } from './project-keys/project-keys.repository.js';
import { ProjectKeys } from './project-keys/project-keys.service.js';
import { SealerService } from './sealer.service.js';
import { InstanceSigner } from './signing/instance-signer.service.js';
import { TenantKeysService } from './tenant-keys.service.js';

const masterKeys = {
  provide: MasterKeys,
  inject: [SETTINGS],
  useFactory: (settings: Settings) => MasterKeys.load(settings),
};

/** The key hierarchy and the sealing of values. Global, since the platform's audit writer asks for its sealer. */
@Global()
@Module({
  controllers: [EphemeralKeyController],
  providers: [
    masterKeys,
    MasterKeysRepository,
    MasterKeyRing,
    KeyRingRepository,
    KeyRing,
    InstanceKeysRepository,
    InstanceKeyRing,
    InstanceSealer,
    InstanceSigner,
    KeySetUp,
    MasterKeySuccession,
    ErasureKeys,
    { provide: Sealer, useClass: SealerService },
    { provide: ConfigVault, useClass: InstanceConfigVault },
    { provide: TenantKeys, useClass: TenantKeysService },
    ProjectKeysRepository,
    ProjectKeys,
    EphemeralKeysRepository,
    EphemeralKeys,
    EphemeralKeysSweeper,
    EphemeralPool,
    GrantsRepository,
    Grants,
    GrantsSweeper,
  ],
  exports: [
    ConfigVault,
    EphemeralKeys,
    ErasureKeys,
    Grants,
    InstanceSealer,
    InstanceSigner,
    KeyRing,
    KeySetUp,
    MasterKeyRing,
    MasterKeySuccession,
    MasterKeysRepository,
    ProjectKeys,
    Sealer,
    TenantKeys,
  ],
})
export class CryptoModule {}
