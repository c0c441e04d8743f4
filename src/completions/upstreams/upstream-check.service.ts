import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import type { StoredUpstream } from './upstream.js';
import { UpstreamDirectory } from './upstream-directory.service.js';
import { UpstreamFault } from './upstream-fault.js';
import type { UpstreamLink } from './upstream-link.js';

/** What came of asking a model server what it has. */
export interface UpstreamCheck {
  readonly isReached: boolean;
  /** Names of models, as far as it lists them. */
  readonly models: readonly string[];
  readonly milliseconds: number;
  readonly fault: UpstreamFault | undefined;
}

/** Asks model servers right now. */
@Injectable()
export class UpstreamChecks {
  constructor(private readonly directory: UpstreamDirectory) {}

  /** Disabled ones too. What it lists is used from then on. @throws what the request was ended with */
  async check({ signal }: Caller, row: StoredUpstream): Promise<UpstreamCheck> {
    await this.directory.list();
    const link = this.directory.linkTo(row.id, row.version);
    if (link) return ask(link, signal());
    const own = await this.directory.open(row);
    try {
      return await ask(own, signal());
    } finally {
      await own.destroy();
    }
  }
}

async function ask(link: UpstreamLink, signal: AbortSignal): Promise<UpstreamCheck> {
  const startedAt = performance.now();
  const elapsed = (): number => Math.round(performance.now() - startedAt);
  try {
    const models = await link.listModels(signal);
    link.models.learn(models);
    return { isReached: true, models: models.map(({ id }) => id), milliseconds: elapsed(), fault: undefined };
  } catch (error) {
    if (!(error instanceof UpstreamFault)) throw error;
    return { isReached: false, models: [], milliseconds: elapsed(), fault: error };
  }
}
