import { type EngineAnalysis, EngineDenyList, EngineTypes } from '../../redaction/index.js';
import { actionFor, type EffectivePolicy, type ShieldAction } from '../policies/shield-policy.js';
import type { RequestText } from './request-text.js';
import { LITERAL } from './restorable-tokens.js';
import { outside, type Spot, type Stretch, stricter, touched, united, type Verdict } from './spots.js';

/** Shorter values are too common to be taken out wherever they stand. */
const SHORTEST_SPREAD = 4;
/** So many values are looked for one by one. */
const FEW_VALUES = 32;
/** Texts handled between two chances for other work. */
const TEXTS_PER_TURN = 200;

/** What a policy makes of a type, on the way to a target. */
export type Judge = (type: string) => ShieldAction;

/** Private model servers are where the policy keeps what it keeps local. */
export const judgeOf =
  (policy: EffectivePolicy, isPrivate: boolean): Judge =>
  (type) => {
    const action = actionFor(policy, type);
    return action === 'local' && isPrivate ? 'allow' : action;
  };

/** What stands in the texts of a request beside findings. */
export interface Tokens {
  /** Tokens of the conversation, which are left alone. */
  readonly issued: ReadonlyMap<RequestText, readonly Stretch[]>;
  /** Text that looks like a token. */
  readonly lookalikes: ReadonlyMap<RequestText, readonly Stretch[]>;
}

const NONE: readonly Stretch[] = [];

/** All that was found in a request, and what becomes of it. */
export class RequestFindings {
  readonly counts: Record<string, number> = {};
  readonly actions: Record<string, number> = {};
  private readonly judged = new Map<ShieldAction, Set<string>>();
  private readonly spots = new Map<RequestText, Spot[]>();
  /** Values that are taken out wherever they stand. */
  private readonly values = new Map<string, Verdict>();

  private constructor(
    private readonly texts: readonly RequestText[],
    private readonly tokens: Tokens,
  ) {}

  static *of(
    texts: readonly RequestText[],
    { entities, spans }: EngineAnalysis.Analysis,
    tokens: Tokens,
    judge: Judge,
  ): Generator<void, RequestFindings> {
    const findings = new RequestFindings(texts, tokens);
    for (const [at, { field, start, end }] of spans.entries()) {
      const [entity, text] = [entities[at], texts[field]];
      if (!entity || !text || (text.isLink && entity.type === 'URL')) continue;
      const type = EngineTypes.publicName(entity.type);
      findings.add(text, { type, action: judge(type), start, end });
      if (at % TEXTS_PER_TURN === 0) yield;
    }
    findings.addLookalikes();
    findings.collectValues();
    yield* findings.spread();
    return findings;
  }

  /** Types with that action, in order of their names. */
  typesWith(action: ShieldAction): string[] {
    return [...(this.judged.get(action) ?? [])].sort();
  }

  /** What is to be replaced in each text, in order; a name is replaced as a whole. */
  *replacements(): Generator<[RequestText, Spot[]], void> {
    for (const [text, spots] of this.spots) {
      const disjoint = united(spots);
      if (disjoint.length > 0) yield [text, text.isName ? [wholeOf(text, disjoint)] : disjoint];
    }
  }

  private add(text: RequestText, spot: Spot): void {
    this.counts[spot.type] = (this.counts[spot.type] ?? 0) + 1;
    this.actions[spot.action] = (this.actions[spot.action] ?? 0) + 1;
    const types = this.judged.get(spot.action);
    if (types) types.add(spot.type);
    else this.judged.set(spot.action, new Set([spot.type]));
    const known = this.spots.get(text);
    if (known) known.push(spot);
    else this.spots.set(text, [spot]);
  }

  private addLookalikes(): void {
    for (const [text, stretches] of this.tokens.lookalikes) {
      const [issued, taken] = [this.tokens.issued.get(text) ?? NONE, this.taken(text)];
      for (const stretch of stretches) {
        if (touched(stretch, issued)) continue;
        this.extend(text, { ...stretch, type: LITERAL, action: 'tokenize' }, taken);
      }
    }
  }

  private taken(text: RequestText): Spot[] {
    return united(this.spots.get(text) ?? []);
  }

  /** Adds a spot; one that others cover in part is not counted beside them. */
  private extend(text: RequestText, spot: Spot, others: readonly Spot[]): void {
    if (touched(spot, others)) this.spots.get(text)?.push(spot);
    else this.add(text, spot);
  }

  private collectValues(): void {
    for (const [text, spots] of this.replacements())
      for (const spot of spots) {
        if (spot.type === LITERAL) continue;
        const value = text.value.text.slice(spot.start, spot.end);
        for (const spelled of spellingsOf(value)) this.addValue(spelled, spot);
      }
  }

  private addValue(value: string, { type, action }: Verdict): void {
    if (value.length < SHORTEST_SPREAD) return;
    const known = this.values.get(value);
    this.values.set(value, known ? stricter(known, { type, action }) : { type, action });
  }

  /** Finds the values wherever else they stand. */
  private *spread(): Generator<void, void> {
    if (this.values.size === 0) return;
    let list: EngineDenyList.DenyList | undefined;
    for (const text of this.texts) {
      if (!this.mayHoldMore(text)) continue;
      list ??= new EngineDenyList.DenyList(this.values.keys());
      const found = yield* list.find(text.value.text);
      if (found.length > 0) this.addSpread(text, found);
    }
  }

  /** Whether any of a few values stands where none has been found: what is quickly told, and mostly so. */
  private mayHoldMore(text: RequestText): boolean {
    if (this.values.size > FEW_VALUES) return true;
    const { text: searched } = text.value;
    const taken = this.taken(text);
    for (const value of this.values.keys()) {
      for (let start = searched.indexOf(value); start >= 0; start = searched.indexOf(value, start + 1)) {
        const end = start + value.length;
        const other = touched({ start, end }, taken);
        if (!other || other.start > start || other.end < end) return true;
      }
    }
    return false;
  }

  private addSpread(text: RequestText, found: readonly Stretch[]): void {
    const [issued, taken] = [this.tokens.issued.get(text) ?? NONE, this.taken(text)];
    for (const { start, end } of found) {
      const verdict = this.values.get(text.value.text.slice(start, end));
      const other = touched({ start, end }, taken);
      if (!verdict || (other && other.start <= start && other.end >= end)) continue;
      for (const free of outside({ start, end }, issued)) this.extend(text, { ...free, ...verdict }, taken);
    }
  }
}

/** A name goes as a whole, and has to come back: a mask could stand for two of them. */
function wholeOf(text: RequestText, spots: readonly Spot[]): Spot {
  const { type, action } = spots.reduce((a, b) => stricter(a, b));
  const comesBack = action === 'mask' && type !== 'VAULT_SECRET';
  return { type, action: comesBack ? 'tokenize' : action, start: 0, end: text.value.text.length };
}

/** A value as it may also stand in text that is a piece of JSON. */
function spellingsOf(value: string): string[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const ascii = escaped.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...new Set([value, escaped, ascii])];
}
