import { Injectable } from '@nestjs/common';
import type { ConfigValues } from '../../../platform/configs/config-values.js';
import type { Caller } from '../../../platform/http/request-context.js';
import { Writes } from '../../../platform/idempotency/writes.js';
import { ConfigChangesService } from '../config-changes.service.js';
import type { ConfigsDto, UpdateConfigsDto } from './configs.dto.js';

const present = ({ smtp_url, ...shown }: ConfigValues): ConfigsDto => ({
  ...shown,
  smtp_url: { set: smtp_url !== null },
});

/** The operations on what the instance is configured to do. */
@Injectable()
export class ConfigOperations {
  constructor(
    private readonly configs: ConfigChangesService,
    private readonly writes: Writes,
  ) {}

  async getConfigs(): Promise<ConfigsDto> {
    return present(await this.configs.readConfigs());
  }

  updateConfigs(caller: Caller, body: UpdateConfigsDto): Promise<ConfigsDto> {
    return this.writes.run(caller, async (tx) => present(await this.configs.changeConfigs(caller, body, tx)));
  }
}
