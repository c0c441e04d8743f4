import { Injectable } from '@nestjs/common';
import { type ArgumentCheck, argumentCheckOf } from './functions/parameters-schema.js';
import type { ToolFunction } from './functions/tool-function.js';
import type { Tool } from './tool.js';

const MOST_KEPT = 500;

/** Checks arguments by the schemas of functions, each of which is compiled once. */
@Injectable()
export class ArgumentChecks {
  private readonly kept = new Map<string, ArgumentCheck>();

  checkOf({ id, version }: Pick<Tool, 'id' | 'version'>, { name, parameters }: ToolFunction): ArgumentCheck {
    const slot = `${id} ${version} ${name}`;
    const check = this.kept.get(slot) ?? argumentCheckOf(parameters);
    // What was asked for last is kept longest.
    this.kept.delete(slot);
    this.kept.set(slot, check);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MOST_KEPT) break;
      this.kept.delete(oldest);
    }
    return check;
  }
}
