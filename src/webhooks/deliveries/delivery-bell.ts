import { Injectable } from '@nestjs/common';
import { Alarm } from '../../platform/outbox/alarm.js';

/** Wakes the sender of this process. Those of others look by themselves. */
@Injectable()
export class DeliveryBell {
  private readonly alarm = new Alarm();

  ring(): void {
    this.alarm.ring();
  }

  wait(ms: number): Promise<void> {
    return this.alarm.wait(ms);
  }
}
