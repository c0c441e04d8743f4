import { ModelFault } from './model-fault.js';

export type Json = Readonly<Record<string, unknown>>;

/** Reads values of a file of settings; what is of another type is a {@link ModelFault} that names the place. */
export class JsonReader {
  constructor(
    private readonly value: Json,
    /** The file and the place in it, as errors name it. */
    readonly place: string,
  ) {}

  /** @throws ModelFault when it is no JSON object */
  static parse(text: string, file: string): JsonReader {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new ModelFault(`${file} is no valid JSON.`);
    }
    if (!isObject(value)) throw new ModelFault(`${file} holds no JSON object.`);
    return new JsonReader(value, file);
  }

  get keys(): string[] {
    return Object.keys(this.value);
  }

  raw(name: string): unknown {
    return this.value[name];
  }

  /** Undefined for what is absent or null. */
  object(name: string): JsonReader | undefined {
    const value = this.value[name] ?? undefined;
    if (value === undefined) return undefined;
    if (!isObject(value)) throw this.fault(name, 'an object');
    return new JsonReader(value, `${this.place}.${name}`);
  }

  required(name: string): JsonReader {
    const found = this.object(name);
    if (!found) throw this.fault(name, 'an object');
    return found;
  }

  objects(name: string): JsonReader[] {
    return this.list(name).map((value, index) => {
      if (!isObject(value)) throw this.fault(`${name}[${index}]`, 'an object');
      return new JsonReader(value, `${this.place}.${name}[${index}]`);
    });
  }

  list(name: string): readonly unknown[] {
    const value = this.value[name];
    if (!Array.isArray(value)) throw this.fault(name, 'a list');
    return value;
  }

  /** The default stands for what is absent or null. */
  string(name: string, otherwise: string): string {
    const value = this.value[name] ?? otherwise;
    if (typeof value !== 'string') throw this.fault(name, 'a string');
    return value;
  }

  number(name: string, otherwise: number): number {
    const value = this.value[name] ?? otherwise;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.fault(name, 'a number');
    return value;
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.value[name] ?? otherwise;
    if (typeof value !== 'boolean') throw this.fault(name, 'true or false');
    return value;
  }

  fault(name: string, expected: string): ModelFault {
    return new ModelFault(`${this.place}.${name} has to be ${expected}.`);
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
