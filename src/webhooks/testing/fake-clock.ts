import { DeliveryClock } from '../deliveries/delivery-clock.js';

/** The schedule of Standard Webhooks, and a time that passes when it is told to. Chance always says the least. */
export class FakeClock extends DeliveryClock {
  readonly retrySeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
  private time = Date.parse('2026-03-15T10:00:00.000Z');

  now(): Date {
    return new Date(this.time);
  }

  random(): number {
    return 0;
  }

  pass(seconds: number): void {
    this.time += seconds * 1000;
  }
}
