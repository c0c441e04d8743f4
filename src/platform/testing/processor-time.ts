/** Starts to count this process's processor time, which, unlike time itself, is the same on a busy machine. @returns milliseconds so far */
export function processorTime(): () => number {
  const since = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1_000;
  };
}

/**
 * How many times more processor time the larger of two amounts of work takes: the least of some runs each, since collections
 * of garbage and compilations fall into any one of them.
 * @param floor milliseconds that the smaller amount counts at least, below which a clock says nothing
 */
export function growthOf(small: () => void, large: () => void, floor = 5): number {
  const least = (work: () => void): number =>
    Math.min(
      ...Array.from({ length: 4 }, () => {
        const spent = processorTime();
        work();
        return spent();
      }),
    );
  return least(large) / Math.max(floor, least(small));
}
