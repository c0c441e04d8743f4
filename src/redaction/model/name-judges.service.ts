import { Injectable } from '@nestjs/common';
import type { Mode } from '../detection-options.js';
import { runCooperatively } from '../engine/cooperation.js';
import type { Judge } from '../engine/model/judge.js';
import type { Stoppable } from '../time-limit.js';
import { Judgement } from './judgement.js';
import { NameModel } from './name-model.service.js';

/** What a column has been found to hold changes what its cells are taken for, and that what the model is asked. */
const MOST_ROUNDS = 3;

/** Judges of names for searches, which are done at once, by a model that takes its time. */
@Injectable()
export class NameJudges {
  constructor(private readonly model: NameModel) {}

  /**
   * Nobody in the fast mode. Else one who knows of all sentences that a search is going to ask about: the same search is made
   * before, to see which these are.
   * @param search the same at every call, but for its judge
   * @throws AppError MODEL_UNAVAILABLE, MODEL_FAILED; what the search throws; the signal's reason
   */
  async judgeFor(
    mode: Mode | undefined,
    stoppable: Stoppable,
    search: (judge: Judge) => Generator<void, unknown>,
  ): Promise<Judge | undefined> {
    if (mode !== 'accurate') return undefined;
    await this.model.check();
    const judgement = new Judgement();
    for (let round = 0; round < MOST_ROUNDS; round++) {
      await runCooperatively(search(judgement), stoppable);
      const wanted = judgement.takeWanted();
      if (wanted.length === 0) break;
      judgement.learn(wanted, await this.model.spansOf(wanted, stoppable));
    }
    return judgement;
  }
}
