import { MailServer } from '../../../test/support/mail-server.js';
import type { Configs } from '../configs/configs.service.js';
import { Mailer } from './mailer.js';

const configured = (url: string | null) => ({ get: async () => url }) as unknown as Configs;
const FROM = 'redoubt@example.org';
const MAIL = { to: 'maria@example.org', subject: 'A token', text: 'Take this: abc\n.\nand that' };

describe('the mailer', () => {
  let server: MailServer;
  let mailer: Mailer;
  const open = (setting: string | undefined, config: string | null): Mailer =>
    new Mailer({ SMTP_URL: setting, SMTP_FROM: FROM }, configured(config));

  beforeEach(async () => {
    server = await MailServer.start();
  });
  afterEach(() => {
    mailer.onApplicationShutdown();
    server.stop();
  });

  it('sends nothing where there is no server, and says so', async () => {
    mailer = open(undefined, null);
    expect(await mailer.canSend()).toBe(false);
    await expect(mailer.send(MAIL)).rejects.toThrow('no server');
  });

  it.each([true, false])('hands a message to the server it knows (by SMTP_URL: %p)', async (bySetting) => {
    mailer = bySetting ? open(server.url, null) : open(undefined, server.url);
    expect(await mailer.canSend()).toBe(true);
    await mailer.send(MAIL);
    const expected = [
      `MAIL FROM:<${FROM}>`,
      'RCPT TO:<maria@example.org>',
      'Subject: A token',
      'Take this: abc',
    ];
    expect(server.lines).toEqual(expect.arrayContaining(expected));
  });

  it('takes an address for one, whatever is in it', async () => {
    mailer = open(server.url, null);
    await mailer.send({ ...MAIL, to: 'a@example.org, b@example.org\r\nBcc: c@example.org' }).catch(() => {});
    expect(server.lines.filter((line) => /^RCPT TO:<[bc]@|^Bcc:/i.test(line))).toEqual([]);
  });

  it('fails where the server refuses', async () => {
    const refusing = await MailServer.start(true);
    mailer = open(refusing.url, null);
    await expect(mailer.send(MAIL)).rejects.toThrow();
    refusing.stop();
  });
});
