import { Global, Module } from '@nestjs/common';
import { Mailer } from './mailer.js';

/** Mail to people. */
@Global()
@Module({ providers: [Mailer], exports: [Mailer] })
export class MailModule {}
