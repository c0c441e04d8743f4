import { canonicalJson, type JsonValue } from '../canonical-json.js';
import { signCheckpoint } from '../checkpoint.js';
import { CompactRange } from '../compact-range.js';
import { entryFields } from '../export-lines.js';
import { entryOfHead } from '../log-entry.js';
import { leafHash } from '../merkle-hash.js';
import { verifierKey } from '../signed-note.js';
import { INSTANCE, SampleSigner } from './sample-log.js';

/** What a collector is sent, made in memory: entries, heads and checkpoints of several organizations. */
export class SampleStream {
  readonly lines: string[] = [];
  private readonly instance = new CompactRange();
  private readonly trees = new Map<string, CompactRange>();

  constructor(readonly signer = new SampleSigner()) {}

  get text(): string {
    return this.lines.join('');
  }

  get key(): string {
    return verifierKey(this.signer.verifierOf(INSTANCE));
  }

  /** Entries of one organization and its head; `taken` of the first come as hashes. */
  add(organizationId: string, count: number, { taken = 0, more = {} as object } = {}): void {
    const tree = this.trees.get(organizationId) ?? new CompactRange();
    this.trees.set(organizationId, tree);
    for (let at = 0; at < count; at += 1) {
      const leaf = tree.size;
      const entry = { v: 1, id: `audit_${leaf}`, organization_id: organizationId, action: 'x', ...more };
      const hash = leafHash(canonicalJson(entry as JsonValue));
      tree.append(hash);
      const { leaf_hash } = entryFields(leaf, hash, entry as JsonValue);
      this.write(
        at < taken
          ? { leaf, leaf_hash, organization_id: organizationId }
          : entryFields(leaf, hash, entry as JsonValue),
      );
    }
    const head = entryOfHead({ organizationId, size: tree.size, root: tree.root() });
    const hash = leafHash(canonicalJson(head));
    this.write({ head, leaf: this.instance.size, leaf_hash: hash.toString('hex') });
    this.instance.append(hash);
  }

  async note(): Promise<string> {
    const { size } = this.instance;
    const checkpoint = { origin: INSTANCE, size, root: this.instance.root() };
    return signCheckpoint(checkpoint, this.signer.publicKey, this.signer.sign);
  }

  async sign(): Promise<void> {
    this.write({ checkpoint: await this.note(), verifier_key: this.key });
  }

  private write(value: JsonValue): void {
    this.lines.push(`${canonicalJson(value)}\n`);
  }
}
