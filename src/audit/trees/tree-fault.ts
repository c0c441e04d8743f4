import { rangeOf, type Tree } from './tree.js';

/** How a tree contradicts what is there of it. */
export type TreeFault =
  /** It was longer: it was rolled back, or cut. */
  | 'shorter'
  /** It is longer than anything tells of. */
  | 'ahead'
  /** Its root is not the one that was stated of it. */
  | 'other_root'
  /** Its right edge is not that of a tree of its size. */
  | 'unreadable';

/** What is there of a tree beside what it says of itself. */
export interface TreeTraces {
  /** Of its newest checkpoint; null where there is none. */
  readonly size: number | null;
  readonly root: Buffer | null;
  /** Whether there are leaves or nodes after its end. */
  readonly goesBeyond: boolean;
}

/** What is wrong with a tree: each round ends with a checkpoint of it, so it must be as its newest one says. */
export function faultOf(tree: Tree, { size, root, goesBeyond }: TreeTraces): TreeFault | undefined {
  if (goesBeyond || (size ?? 0) > tree.size) return 'shorter';
  if ((size ?? 0) < tree.size) return 'ahead';
  const found = rootOf(tree);
  if (!found) return 'unreadable';
  return root && !found.equals(root) ? 'other_root' : undefined;
}

function rootOf(tree: Tree): Buffer | undefined {
  try {
    return rangeOf(tree).root();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
