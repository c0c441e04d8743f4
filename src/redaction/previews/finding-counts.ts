/** How many findings there are of each type, the most frequent first, and by name among equals. */
export function countFindings(
  findings: readonly { readonly type: string }[],
): { readonly type: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { type } of findings) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1));
}
