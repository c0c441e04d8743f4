import { Inject, Injectable } from '@nestjs/common';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.module.js';
import { StartError } from '../../platform/errors/start-error.js';
import { parseCheckpoint } from '../log/checkpoint.js';
import { CheckpointPublisher } from '../sequencing/checkpoint-publisher.service.js';
import { OutsideCheckpoints } from '../sequencing/outside-checkpoints.service.js';
import { DatabaseLog } from './database-log.service.js';
import { type Break, codeOfBreak, refusalOf } from './lineage-break.js';
import { RestoredEntries } from './restored-entries.service.js';

/**
 * Whether the database is the one that went on from what it was before: its log must have everything that the newest checkpoint
 * outside of it tells of. One that was restored from an older copy has not, and does not start until somebody says that they
 * know it.
 */
@Injectable()
export class Lineage {
  constructor(
    private readonly log: DatabaseLog,
    private readonly outside: OutsideCheckpoints,
    private readonly publisher: CheckpointPublisher,
    private readonly entries: RestoredEntries,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Before anything is written to the database.
   * @returns what was accepted, to be {@link accept}ed once the installation has an administrator; undefined when all is well
   * @throws StartError that says what happened and what to do
   */
  async check(): Promise<Break | undefined> {
    const breaks: Break[] = [];
    for (const kept of await this.outside.read()) {
      const found = await this.breakOf(kept.place, kept.note);
      if (found) breaks.push(found);
    }
    const [newest] = breaks.sort((a, b) => b.checkpoint.size - a.checkpoint.size);
    if (newest && this.settings.REDOUBT_ACCEPT_RESTORED !== codeOfBreak(newest))
      throw new StartError(refusalOf(newest));
    return newest;
  }

  /** Enters in the log that it goes on from an older state, and lets it go on: from here on its own checkpoint lies outside. */
  async accept(accepted: Break): Promise<void> {
    await this.entries.write(accepted);
    await this.outside.keepGivenUp(accepted.note, codeOfBreak(accepted));
    await this.publisher.publishAnew();
  }

  private async breakOf(place: string, note: string): Promise<Break | undefined> {
    const checkpoint = parseCheckpoint(note);
    if (!checkpoint) throw new StartError(unreadable(place));
    const { size, rootAt } = await this.log.read();
    // By the leaves that are there: a copy lacks them, whatever size the log says that it has.
    const root = await rootAt(checkpoint.size);
    if (root?.equals(checkpoint.root)) return undefined;
    const isOlder = size < checkpoint.size ? (size === 0 ? 'empty' : 'older') : undefined;
    return { kind: isOlder ?? 'other', place, note, checkpoint, size };
  }
}

const unreadable = (place: string): string =>
  `What lies in ${place} is no checkpoint of the audit log. If it was damaged, put back a copy of it; ` +
  'if you know why it is so, remove it, and start again.';
