import type { JsonValue } from './canonical-json.js';
import { ExportFault } from './export-fault.js';

/** Tells that entries up to one of them are taken out. They go from the beginning on, so the last such entry speaks for all. */
const ANNOUNCEMENT = 'audit_log.retained';

/** Entries of which an export has but hashes, and whether the log itself says that they were taken out. */
export class TakenEntries {
  private noted = 0;
  private end = 0;
  private announcedEnd = 0;

  get count(): number {
    return this.noted;
  }

  note(first: number, count: number): void {
    this.noted += count;
    this.end = first + count;
  }

  /** Hears of announcements. */
  listen(entry: JsonValue): void {
    this.announcedEnd = Math.max(this.announcedEnd, announcedEnd(entry) ?? 0);
  }

  /** @param whose ` of <organization>`, where there are several. @throws ExportFault when the log does not say so of all of them */
  assertAnnounced(whose = ''): void {
    if (this.end <= this.announcedEnd) return;
    throw new ExportFault(
      'missing',
      `Of leaves up to ${this.end - 1}${whose} there are but hashes, and no entry of the log says that those from ${this.announcedEnd} on were taken out.`,
    );
  }
}

/** The leaf after those that an entry announces; undefined for an entry that announces none. */
export function announcedEnd(entry: JsonValue): number | undefined {
  if (typeof entry !== 'object' || entry === null || !('action' in entry)) return undefined;
  const { action, counts } = entry as { readonly [name: string]: JsonValue };
  if (action !== ANNOUNCEMENT || typeof counts !== 'object' || counts === null) return undefined;
  const { last_leaf: last } = counts as { readonly [name: string]: JsonValue };
  return typeof last === 'number' ? last + 1 : undefined;
}
