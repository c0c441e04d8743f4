import { type IdPrefix, isId } from '../http/ids.js';

/** What a task carries: ids and numbers alone. Content stays sealed in the tables that the ids name. */
export type TaskInput = Readonly<Record<string, string | number>>;

/** Reads a stored input; throws {@link InvalidTaskInput} for one that another version wrote. */
export type TaskSchema<T extends TaskInput> = (value: unknown) => T;

type InputField<T extends string | number> = (value: unknown) => value is T;

/** A stored input is not what its definition expects. */
export class InvalidTaskInput extends Error {
  constructor(field: string) {
    super(`task input: ${field}`);
    this.name = 'InvalidTaskInput';
  }
}

/** An identifier of one kind. */
export const idField =
  (prefix: IdPrefix): InputField<string> =>
  (value): value is string =>
    typeof value === 'string' && isId(prefix, value);

/** A whole number that is not negative. */
export const countField: InputField<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

type Fields = Readonly<Record<string, InputField<string> | InputField<number>>>;

type InputOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends InputField<infer T> ? T : never;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema of exactly these fields. */
export const taskSchema =
  <F extends Fields>(fields: F): TaskSchema<InputOf<F>> =>
  (value) => {
    if (!isRecord(value)) throw new InvalidTaskInput('not an object');
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
    if (unknown !== undefined) throw new InvalidTaskInput(`${unknown} is unknown`);
    for (const [name, accepts] of Object.entries(fields)) {
      if (!accepts(value[name])) throw new InvalidTaskInput(name);
    }
    return value as InputOf<F>;
  };
