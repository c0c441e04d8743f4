import { Module } from '@nestjs/common';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { EgressClient } from './egress-client.service.js';
import { ReachableAddresses } from './reachable-addresses.js';

/** Requests to servers that users name. */
@Module({
  providers: [
    {
      provide: EgressClient,
      inject: [SETTINGS],
      useFactory: ({ REDOUBT_EGRESS_ALLOW }: Settings) =>
        new EgressClient(new ReachableAddresses(REDOUBT_EGRESS_ALLOW)),
    },
  ],
  exports: [EgressClient],
})
export class EgressModule {}
