import { Global, Module } from '@nestjs/common';
import { ConfigsRepository } from './configs.repository.js';
import { Configs } from './configs.service.js';
import { Maintenance } from './maintenance.service.js';
import { OrganizationSettingsRepository } from './organization-settings.repository.js';

/** What the instance and organizations configure while it runs. Global, since every feature may read it. */
@Global()
@Module({
  providers: [Configs, ConfigsRepository, Maintenance, OrganizationSettingsRepository],
  exports: [Configs, ConfigsRepository, Maintenance, OrganizationSettingsRepository],
})
export class ConfigsModule {}
