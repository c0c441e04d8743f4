import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';

/** A message in plain text to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Longest that a server may take to accept a connection, and to answer, in milliseconds. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

/** Sends mail through the server that SMTP_URL names. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly transport: Transporter | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    const url = settings.SMTP_URL;
    if (!url) return;
    this.transport = createTransport({
      url,
      pool: true,
      maxConnections: 2,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: ANSWER_MS,
      // Neither a file nor an address is ever read to make a message.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** Whether there is a server to send by. */
  get enabled(): boolean {
    return this.transport !== undefined;
  }

  /**
   * Resolved once the server has taken the message. Not to be called inside of a transaction.
   * @throws Error when there is no server or it refuses; its message may quote the address, so it is not to be logged
   */
  async send({ to, subject, text }: Mail): Promise<void> {
    if (!this.transport) throw new Error('there is no SMTP_URL');
    await this.transport.sendMail({
      from: this.settings.SMTP_FROM,
      // An object is taken as one address; a text would be parsed as a list of them.
      to: { name: '', address: to },
      subject,
      text,
    });
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}
