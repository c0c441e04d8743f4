import { createServer, type Server, type Socket } from 'node:net';

const WORDS: Readonly<Record<string, string>> = {
  EHLO: '250 test',
  MAIL: '250 ok',
  RCPT: '250 ok',
  RSET: '250 ok',
  QUIT: '221 bye',
};

const WAIT_MS = 10_000;

/** As much of a mail server (RFC 5321) as a client needs to be rid of a message. */
export class MailServer {
  readonly lines: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly refuses: boolean,
  ) {
    server.on('connection', (socket) => this.serve(socket));
  }

  /** @param refuses whether it knows nobody */
  static start(refuses = false): Promise<MailServer> {
    const server = createServer();
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' && address ? address.port : 0;
        resolve(new MailServer(server, `smtp://127.0.0.1:${port}`, refuses));
      });
    });
  }

  /** The first line that has come, or comes, of that form. */
  async line(pattern: RegExp): Promise<string> {
    for (const until = Date.now() + WAIT_MS; Date.now() < until; ) {
      const found = this.lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`no line like ${pattern} has come`);
  }

  stop(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    let rest = '';
    let inData = false;
    socket.on('error', () => {});
    socket.on('close', () => this.sockets.delete(socket));
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        this.lines.push(line);
        const answer = this.answerTo(line, inData);
        inData = line.toUpperCase() === 'DATA' || (inData && line !== '.');
        if (answer) socket.write(`${answer}\r\n`);
      }
    });
  }

  private answerTo(line: string, inData: boolean): string | undefined {
    if (inData) return line === '.' ? '250 taken' : undefined;
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'DATA') return '354 go on';
    if (word === 'RCPT' && this.refuses) return '550 no such person';
    return WORDS[word] ?? '502 what';
  }
}
