import { Injectable } from '@nestjs/common';
import { TimeSlice } from '../../platform/cooperation/time-slice.js';
import { type BuiltInAnswer, BuiltInModel, type Capabilities } from '../built-in-model.js';
import type { JsonObject } from '../json.js';
import { choose } from './choice.js';
import { limitsOf, piecesOf, say } from './composition.js';
import { givenTexts, readConversation } from './given-texts.js';
import { refuseTheImpossible } from './refusals.js';
import { countUnits } from './usage-units.js';

const CAPABILITIES: Capabilities = {
  generative: false,
  streaming: true,
  tools: false,
  json: false,
  vision: false,
  grounded: true,
};

/**
 * Answers by quoting: of what it was given it picks the sentences that say most of what was asked, up to three, word for word. It
 * has no weights and invents nothing; where nothing fits it says so.
 *
 * The last message of the user asks. Its other sentences, where there are several, and the messages before it are
 * what may be quoted, but for the assistant's own and for questions, requests and instructions.
 */
@Injectable()
export class LocalExtractive extends BuiltInModel {
  readonly id = 'local-extractive';
  readonly description =
    'Quotes up to three sentences, word for word, of what it is given in the conversation, says where they stand, and says so when there are none. Counts words and punctuation marks as tokens.';
  readonly capabilities = CAPABILITIES;

  check(body: JsonObject): void {
    refuseTheImpossible(body);
  }

  /** Lets other requests in between sentences. @throws also the signal's reason once it is aborted */
  async answer(body: JsonObject, signal: () => AbortSignal): Promise<BuiltInAnswer> {
    this.check(body);
    const work = this.work(body);
    const slice = new TimeSlice();
    let step = work.next();
    while (step.done !== true) {
      if (await slice.pause()) signal().throwIfAborted();
      step = work.next();
    }
    return step.value;
  }

  private *work(body: JsonObject): Generator<void, BuiltInAnswer> {
    const texts = givenTexts(body);
    const { text, citations, finishReason } = say(yield* choose(readConversation(texts)), limitsOf(body));
    let promptUnits = 0;
    for (const given of texts) promptUnits += yield* countUnits(given.text);
    const completionUnits = yield* countUnits(text);
    const usage = {
      prompt_tokens: promptUnits,
      completion_tokens: completionUnits,
      total_tokens: promptUnits + completionUnits,
    };
    return { pieces: piecesOf(text), citations, finishReason, usage };
  }
}
