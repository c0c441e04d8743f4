import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { Settings } from '../config/settings.js';
import { SETTINGS } from '../config/settings.module.js';
import { Configs } from '../configs/configs.service.js';

/** A message in plain text to one person. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Longest that a server may take to accept a connection, and to answer, in milliseconds. */
const CONNECT_MS = 10_000;
const ANSWER_MS = 30_000;

interface Connection {
  readonly url: string;
  readonly transport: Transporter;
}

/** Sends mail through the server that SMTP_URL names, else the one that administrators have configured. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private connection: Connection | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'SMTP_URL' | 'SMTP_FROM'>,
    private readonly configs: Configs,
  ) {}

  /** Whether there is a server to send by. */
  async canSend(): Promise<boolean> {
    return (await this.url()) !== undefined;
  }

  /**
   * Resolved once the server has taken the message. Not to be called inside of a transaction.
   * @throws Error when there is no server or it refuses; its message may quote the address, so it is not to be logged
   */
  async send({ to, subject, text }: Mail): Promise<void> {
    const url = await this.url();
    if (url === undefined) throw new Error('there is no server for mail');
    await this.transportTo(url).sendMail({
      from: this.settings.SMTP_FROM,
      // An object is taken as one address; a text would be parsed as a list of them.
      to: { name: '', address: to },
      subject,
      text,
    });
  }

  onApplicationShutdown(): void {
    this.connection?.transport.close();
  }

  private async url(): Promise<string | undefined> {
    return this.settings.SMTP_URL ?? (await this.configs.get('smtp_url')) ?? undefined;
  }

  private transportTo(url: string): Transporter {
    if (this.connection?.url === url) return this.connection.transport;
    this.connection?.transport.close();
    this.connection = { url, transport: openTransport(url) };
    return this.connection.transport;
  }
}

const openTransport = (url: string): Transporter =>
  createTransport({
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
