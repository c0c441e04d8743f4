import { invalidField } from '../../platform/errors/app-error.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { missingFunction } from './missing-function.js';
import type { ServerFunction } from './server-tools.js';

/** Most functions that a request offers: OpenAI's limit. */
const MOST_FUNCTIONS = 128;

/** The server's own tools in one request. */
export class OfferedTools {
  private readonly byName: ReadonlyMap<string, ServerFunction>;

  private constructor(
    functions: readonly ServerFunction[],
    private readonly isAlone: boolean,
  ) {
    this.byName = new Map(functions.map((one) => [one.name, one]));
  }

  /** @throws AppError VALIDATION_ERROR where names clash, or there are too many */
  static in(body: JsonObject, functions: readonly ServerFunction[]): OfferedTools {
    const own = Array.isArray(body.tools) ? body.tools : [];
    if (own.length + functions.length > MOST_FUNCTIONS) {
      const message = `A request offers at most ${MOST_FUNCTIONS} functions; 'tools' and 'tool_ids' have more together.`;
      throw invalidField('tool_ids', 'maxItems', message);
    }
    if (typeof body.n === 'number' && body.n !== 1)
      throw invalidField('n', 'maximum', "'n' must be 1 where 'tool_ids' names tools.");
    const offered = new OfferedTools(functions, own.length === 0);
    if (offered.byName.size < functions.length) {
      const message =
        "Two of the tools have a function of the same name. Rename one, or leave one out of 'tool_ids'.";
      throw invalidField('tool_ids', 'unique', message);
    }
    const clash = own.findIndex((tool) => offered.byName.has(nameOf(tool)));
    if (clash >= 0) {
      const message = `'tools[${clash}]' has the name of a function of one of the tools in 'tool_ids'. Rename it.`;
      throw invalidField(`tools[${clash}].function.name`, 'unique', message);
    }
    return offered;
  }

  /** A request that offers them beside its own. */
  offer(body: JsonObject): JsonObject {
    const own = Array.isArray(body.tools) ? body.tools : [];
    return { ...body, tools: [...own, ...[...this.byName.values()].map(({ definition }) => definition)] };
  }

  /** Undefined for what may be the client's: where it has offered none, a function that is missing is told to the model. */
  find(name: string): ServerFunction | undefined {
    return (
      this.byName.get(name) ?? (this.isAlone ? missingFunction(name, [...this.byName.keys()]) : undefined)
    );
  }
}

function nameOf(tool: JsonValue): string {
  const { function: called } = isObject(tool) ? tool : {};
  return isObject(called) && typeof called.name === 'string' ? called.name : '';
}
