import { Injectable } from '@nestjs/common';
import { EngineCooperation, TokenRestoring, TokenSighting, TokenStore } from '../redaction/index.js';

type Resolution = TokenRestoring.Resolution;

/** Where a chat's tokens are. */
export interface ChatScope {
  readonly organizationId: string;
  readonly scopeId: string;
}

export interface RestorePace {
  /** Asked for at the first pause. */
  readonly signal?: () => AbortSignal;
}

/** Puts people back into the texts of a chat, for those who may read it. */
@Injectable()
export class ChatRestorer {
  constructor(private readonly tokens: TokenStore.TokensService) {}

  /**
   * The texts with values in place of their tokens; of a value that was erased its type in brackets is left.
   * @throws RestoredTooLargeError
   */
  async restore(scope: ChatScope, texts: readonly string[], pace: RestorePace = {}): Promise<string[]> {
    const codes = await EngineCooperation.runCooperatively(codesIn(texts), pace);
    if (codes.size === 0) return [...texts];
    const resolutions = await this.tokens.resolutions(scope, codes, pace);
    return EngineCooperation.runCooperatively(restored(texts, resolutions), pace);
  }
}

function* codesIn(texts: readonly string[]): Generator<void, Set<string>> {
  const codes = new Set<string>();
  for (const text of texts) {
    if (!text.includes('-')) continue;
    for (const batch of TokenSighting.sightTokens(text)) {
      for (const { code } of batch) if (code !== undefined) codes.add(code);
      yield;
    }
  }
  return codes;
}

function* restored(
  texts: readonly string[],
  resolutions: ReadonlyMap<string, Resolution>,
): Generator<void, string[]> {
  const plain = restorerOf(resolutions, (text) => text);
  const escaped = restorerOf(resolutions, (text) => JSON.stringify(text).slice(1, -1));
  const result: string[] = [];
  for (const text of texts) {
    const restorer = isJson(text) ? escaped : plain;
    result.push(text.includes('-') ? ((yield* restorer.restore(text)) ?? text) : text);
  }
  return result;
}

function restorerOf(
  resolutions: ReadonlyMap<string, Resolution>,
  spell: (text: string) => string,
): TokenRestoring.Restorer {
  const known = [...resolutions].map(([code, { type, text }]): [string, Resolution] => [
    code,
    { type, text: spell(text ?? `[${type}]`) },
  ]);
  return new TokenRestoring.Restorer(new Map(known), []);
}

/** Text that is JSON, such as arguments of tools, has its tokens within strings of JSON. */
function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
