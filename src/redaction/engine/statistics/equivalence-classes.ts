/** Rows by what is released of their quasi-identifiers: classes that are described alike are one. */
export function equivalenceClasses(
  classes: readonly (readonly number[])[],
  descriptionOf: (row: number) => string,
): number[][] {
  const byDescription = new Map<string, number[]>();
  for (const rows of classes) {
    const description = descriptionOf(rows[0] ?? 0);
    const known = byDescription.get(description);
    if (known) known.push(...rows);
    else byDescription.set(description, [...rows]);
  }
  return [...byDescription.values()];
}
