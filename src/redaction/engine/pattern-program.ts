import { RE2JS } from 're2js';

/** Instruction codes of RE2 programs (re2js `Inst`). */
export const ALT = 1;
export const ALT_MATCH = 2;
export const CAPTURE = 3;
export const EMPTY_WIDTH = 4;
export const MATCH = 6;
export const NOP = 7;
const LOOK_BEHIND_WRITE = 12;

export interface Instruction {
  readonly op: number;
  readonly out: number;
  readonly arg: number;
  matchRune(rune: number): boolean;
}

/** A compiled pattern: re2js parses and compiles, the engine's own machine runs it (see `pattern-machine.ts`). */
export interface PatternProgram {
  readonly instructions: readonly Instruction[];
  readonly start: number;
  /** For each ASCII code whether a match can begin with it; index 128 stands for all other characters. */
  readonly first: Uint8Array;
  readonly matchesEmpty: boolean;
}

/** Compiles with RE2's syntax; throws what re2js throws, or a `RangeError` for constructs the machine does not run. */
export function compileProgram(pattern: string): PatternProgram {
  const { prog } = RE2JS.compile(pattern).re2Input as { prog: { inst: Instruction[]; start: number } };
  const instructions = prog.inst;
  if (instructions.some(({ op }) => op >= LOOK_BEHIND_WRITE)) throw new RangeError('look-behind');
  const reachable = closure(instructions, prog.start);
  const matchesEmpty = reachable.some((pc) => instructions[pc]?.op === MATCH);
  return { instructions, start: prog.start, first: firstCharacters(instructions, reachable), matchesEmpty };
}

/** Everything reachable without reading a character, empty-width conditions taken as met. */
function closure(instructions: readonly Instruction[], start: number): number[] {
  const seen = new Set<number>();
  const open = [start];
  for (let pc = open.pop(); pc !== undefined; pc = open.pop()) {
    const instruction = instructions[pc];
    if (instruction === undefined || seen.has(pc)) continue;
    seen.add(pc);
    const { op, out, arg } = instruction;
    if (op === ALT || op === ALT_MATCH) open.push(out, arg);
    else if (op === CAPTURE || op === EMPTY_WIDTH || op === NOP) open.push(out);
  }
  return [...seen];
}

function firstCharacters(instructions: readonly Instruction[], reachable: readonly number[]): Uint8Array {
  const first = new Uint8Array(129);
  first[128] = 1;
  for (const pc of reachable) {
    const instruction = instructions[pc];
    if (instruction === undefined || !readsRune(instruction)) continue;
    for (let code = 0; code < 128; code++) if (readRune(instruction, code)) first[code] = 1;
  }
  return first;
}

const RUNE = 8;
const RUNE_ANY = 10;
const RUNE_ANY_NOT_NL = 11;

export function readsRune({ op }: Instruction): boolean {
  return op >= RUNE && op <= RUNE_ANY_NOT_NL;
}

export function readRune(instruction: Instruction, rune: number): boolean {
  if (instruction.op === RUNE_ANY) return true;
  if (instruction.op === RUNE_ANY_NOT_NL) return rune !== 10;
  return instruction.matchRune(rune);
}
