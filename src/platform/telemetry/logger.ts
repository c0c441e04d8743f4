import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

/** Injection token of the process's logger. */
export const LOGGER = Symbol('logger');

/**
 * Structured logs, one JSON object a line, on standard output. Lines carry ids, counts, routes and durations;
 * never bodies, query strings, headers or messages of foreign errors.
 */
export const createLogger = (level: string): Logger =>
  pino({ level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime });

/** Nest's own messages: its start-up chatter is dropped, warnings and errors pass. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(): void {}

  warn(message: unknown): void {
    this.logger.warn({ message: String(message) });
  }

  error(message: unknown): void {
    this.logger.error({ message: message instanceof Error ? message.name : String(message) });
  }
}
