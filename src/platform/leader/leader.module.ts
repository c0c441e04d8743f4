import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Leadership } from './leadership.js';
import { PeriodicRunner } from './periodic-runner.js';

/** Leadership and what the leader repeats; of worker processes. */
@Module({
  imports: [DiscoveryModule],
  providers: [Leadership, PeriodicRunner],
  exports: [Leadership],
})
export class LeaderModule {}
