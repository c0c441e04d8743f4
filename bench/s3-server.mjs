import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';
import { ManagedProcess } from './managed-process.mjs';

const PROGRAM = 'versitygw';
const BUCKET = 'redoubt';
const POLL_MS = 50;

/** How to get the server, for those who lack it. */
export const GET_S3 = `go install github.com/versity/versitygw/cmd/versitygw@v1.8.0, and its folder on PATH`;

export const hasS3 = () => spawnSync(PROGRAM, ['--version']).status === 0;

/** A real S3 server on a free loopback port, over a folder of its own. */
export class S3Server {
  #folder = mkdtempSync(join(tmpdir(), 'redoubt-s3-'));
  #process;
  #port;

  static async start() {
    const server = new S3Server();
    await server.#start();
    return server;
  }

  /** Settings of a Redoubt that keeps its files here. */
  get settings() {
    return {
      S3_ENDPOINT: `http://127.0.0.1:${this.#port}`,
      S3_BUCKET: BUCKET,
      S3_ACCESS_KEY_ID: 'measured',
      S3_SECRET_ACCESS_KEY: 'measured-secret',
    };
  }

  /** Where its objects lie; parts of unfinished uploads lie below `.sgwtmp`. */
  get folder() {
    return join(this.#folder, 'root', BUCKET);
  }

  /** Names of objects, and of what is left of unfinished uploads. */
  list() {
    const entries = readdirSync(this.folder, { withFileTypes: true, recursive: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map(({ parentPath, name }) => join(parentPath, name).slice(this.folder.length + 1));
  }

  async #start() {
    this.#port = await freePort();
    const root = join(this.#folder, 'root');
    const metadata = join(this.#folder, 'metadata');
    mkdirSync(join(root, BUCKET), { recursive: true });
    mkdirSync(metadata);
    const { S3_ACCESS_KEY_ID: access, S3_SECRET_ACCESS_KEY: secret, S3_ENDPOINT: url } = this.settings;
    this.#process = new ManagedProcess(PROGRAM, {
      // Metadata beside the objects: not every file system of a temporary folder has extended attributes.
      args: [
        ...['--access', access, '--secret', secret, '--port', `127.0.0.1:${this.#port}`, '--quiet'],
        ...['posix', '--sidecar', metadata, root],
      ],
      env: { PATH: process.env.PATH },
      log: join(this.#folder, 'log'),
      isReady: async () => {
        if (await fetch(url).then(Boolean, () => false)) return true;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        return false;
      },
    });
    await this.#process.start();
  }

  async stop() {
    await this.#process.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
