import { sha256 } from '../digest/sha256.js';

/** Of which credentials something was true last time. Kept of their Authorization headers are digests alone; the oldest go first. */
export class NotedCredentials {
  private readonly digests = new Set<string>();

  /** @param most how many are remembered */
  constructor(private readonly most: number) {}

  has(header: string): boolean {
    return this.digests.has(digestOf(header));
  }

  note(header: string, isTrue: boolean): void {
    const digest = digestOf(header);
    if (!isTrue) return void this.digests.delete(digest);
    this.digests.add(digest);
    if (this.digests.size <= this.most) return;
    const [oldest = ''] = this.digests;
    this.digests.delete(oldest);
  }
}

const digestOf = (header: string): string => sha256(header).toString('latin1');
