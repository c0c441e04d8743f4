import type { UpstreamLink } from '../upstreams/upstream-link.js';

/** What decides who is asked first. */
export type Ranked = Pick<UpstreamLink, 'circuit'> & { readonly upstream: { readonly priority: number } };

/**
 * In the order in which they are asked: those that answer before those that do not, by priority, equals taking turns.
 * @param links by priority already
 * @param turn a number that grows with every request
 * @param now milliseconds of a clock that never goes back
 */
export function inOrder<Link extends Ranked>(
  links: readonly Link[],
  turn: number,
  now: number,
): readonly Link[] {
  if (links.length < 2) return links;
  const answering = links.filter(({ circuit }) => circuit.admits(now));
  const resting = links.filter((link) => !answering.includes(link));
  return [...rotated(answering, turn), ...rotated(resting, turn)];
}

function rotated<Link extends Ranked>(links: readonly Link[], turn: number): Link[] {
  const groups = new Map<number, Link[]>();
  for (const link of links) {
    const { priority } = link.upstream;
    const group = groups.get(priority);
    if (group) group.push(link);
    else groups.set(priority, [link]);
  }
  return [...groups.values()].flatMap((group) => {
    const first = turn % group.length;
    return [...group.slice(first), ...group.slice(0, first)];
  });
}
