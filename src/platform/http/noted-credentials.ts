import { sha256 } from '../digest/sha256.js';

/** What was true of credentials last time. Kept of their Authorization headers are digests alone; the oldest go first. */
export class NotedCredentials<T> {
  private readonly notes = new Map<string, T>();

  /** @param most how many are remembered */
  constructor(private readonly most: number) {}

  of(header: string): T | undefined {
    return this.notes.get(digestOf(header));
  }

  /** @param note undefined forgets the credential */
  note(header: string, note: T | undefined): void {
    const digest = digestOf(header);
    if (note === undefined) return void this.notes.delete(digest);
    this.notes.set(digest, note);
    if (this.notes.size <= this.most) return;
    const [oldest = ''] = this.notes.keys();
    this.notes.delete(oldest);
  }
}

const digestOf = (header: string): string => sha256(header).toString('latin1');
