import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A copy of the embedded database, made and put back while nothing runs. */
export class DatabaseCopy {
  private readonly folder: string;
  private readonly copy: string;

  constructor(private readonly dataDir: string) {
    this.folder = join(dataDir, 'postgres');
    this.copy = `${dataDir}-copy`;
    cpSync(this.folder, this.copy, { recursive: true });
  }

  restore(): void {
    rmSync(this.folder, { recursive: true });
    cpSync(this.copy, this.folder, { recursive: true });
  }

  /** Without it a restored database does not start: the audit log's newest checkpoint lies outside of it. */
  knowingly(): Record<string, string> {
    const note = readFileSync(join(this.dataDir, 'ledger', 'checkpoints', 'instance'), 'utf8');
    const root = Buffer.from(note.split('\n')[2] ?? '', 'base64');
    return { REDOUBT_ACCEPT_RESTORED: root.toString('hex').slice(0, 16) };
  }

  remove(): void {
    rmSync(this.copy, { recursive: true, force: true });
  }
}
