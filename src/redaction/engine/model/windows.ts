/** Part of a sentence that a model reads at once, in tokens; ends are exclusive. */
export interface Window {
  readonly from: number;
  readonly to: number;
  /** Of these tokens this window decides: no other has seen as much around them. */
  readonly ownFrom: number;
  readonly ownTo: number;
}

/** Cuts so many tokens into windows of at most `size`, which overlap by a quarter; each token is decided by one of them. */
export function windowsOf(tokens: number, size: number): Window[] {
  const overlap = Math.floor(size / 4);
  const windows: Window[] = [];
  for (let from = 0; ; from += size - overlap) {
    const to = Math.min(tokens, from + size);
    const isLast = to === tokens;
    const half = Math.floor(overlap / 2);
    windows.push({
      from,
      to,
      ownFrom: from === 0 ? 0 : from + half,
      ownTo: isLast ? tokens : from + size - overlap + half,
    });
    if (isLast) return windows;
  }
}
