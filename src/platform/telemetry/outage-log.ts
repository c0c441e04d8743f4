import type { Logger } from 'pino';
import { describeError } from '../errors/describe-error.js';

/** While something fails again and again, one line in this time. */
const EVERY_MS = 30_000;

/** Logs that something outside does not work, and that it works again, without a line for every try. */
export class OutageLog {
  private lastLine: number | undefined;

  constructor(
    private readonly logger: Logger,
    private readonly what: string,
  ) {}

  note(error: unknown): void {
    const now = performance.now();
    if (this.lastLine !== undefined && now - this.lastLine < EVERY_MS) return;
    this.lastLine = now;
    this.logger.error({ message: `${this.what} fails; it is tried again`, err: describeError(error) });
  }

  over(): void {
    if (this.lastLine === undefined) return;
    this.lastLine = undefined;
    this.logger.info({ message: `${this.what} works again` });
  }
}
