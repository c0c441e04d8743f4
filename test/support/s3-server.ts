import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './redoubt-process.js';

/** The program: Versity's S3 gateway, over a plain folder. */
export const S3_PROGRAM = 'versitygw';

const START_MS = 10_000;
const BUCKET = 'files';
/** Where the gateway keeps the parts of unfinished uploads, inside the bucket. */
const PARTS = '.sgwtmp';

/** A real S3 server of a test's own, on a free loopback port, with one bucket. */
export class S3Server {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(): Promise<S3Server> {
    const server = new S3Server(mkdtempSync(join(tmpdir(), 'redoubt-s3-')), await freePort());
    mkdirSync(server.bucket, { recursive: true });
    mkdirSync(server.metadata);
    await server.startAgain();
    return server;
  }

  /** What a Redoubt needs to use it. */
  get settings() {
    return {
      S3_ENDPOINT: `http://127.0.0.1:${this.port}`,
      S3_BUCKET: BUCKET,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'redoubt-test',
      S3_SECRET_ACCESS_KEY: 'redoubt-test-secret',
    };
  }

  /** Keys of the objects, and paths of what is left of unfinished uploads. */
  list(): { objects: string[]; parts: string[] } {
    const paths = readdirSync(this.bucket, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.bucket.length + 1));
    return {
      objects: paths.filter((path) => !path.startsWith(PARTS)),
      parts: paths.filter((path) => path.startsWith(PARTS)),
    };
  }

  /** Starts it on the same port, over the same objects. */
  async startAgain(): Promise<void> {
    const { S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = this.settings;
    this.child = spawn(
      S3_PROGRAM,
      [
        ...[
          '--access',
          S3_ACCESS_KEY_ID,
          '--secret',
          S3_SECRET_ACCESS_KEY,
          '--port',
          `127.0.0.1:${this.port}`,
        ],
        // Beside the objects: not every file system of a temporary folder has extended attributes.
        ...['--quiet', 'posix', '--sidecar', this.metadata, join(this.folder, 'root')],
      ],
      { stdio: 'ignore' },
    );
    const failed = new Promise<never>((_, reject) => this.child?.once('error', reject));
    await Promise.race([this.ready(), failed]);
  }

  /** SIGSTOP makes it fall silent, SIGCONT speak again. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Ends it; the objects stay. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Where an object's bytes lie. */
  pathOf(key: string): string {
    return join(this.bucket, key);
  }

  private get bucket(): string {
    return join(this.folder, 'root', BUCKET);
  }

  private get metadata(): string {
    return join(this.folder, 'metadata');
  }

  private async ready(): Promise<void> {
    const until = Date.now() + START_MS;
    while (Date.now() < until) {
      const answered = await fetch(this.settings.S3_ENDPOINT).then(
        () => true,
        () => false,
      );
      if (answered) return;
      await sleep(20);
    }
    throw new Error('the S3 server did not start');
  }
}
