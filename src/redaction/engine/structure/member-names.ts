/** Finds free names for renamed members of one object (or columns of one table), so that none replaces another. */
export class MemberNames {
  readonly #lastSuffix = new Map<string, number>();

  constructor(private readonly isTaken: (name: string) => boolean) {}

  /** The name itself when it is free, else the name with `_2`, `_3`, … */
  free(name: string): string {
    if (!this.isTaken(name)) return name;
    for (let suffix = this.#lastSuffix.get(name) ?? 2; ; suffix++) {
      const candidate = `${name}_${suffix}`;
      if (this.isTaken(candidate)) continue;
      this.#lastSuffix.set(name, suffix + 1);
      return candidate;
    }
  }
}
