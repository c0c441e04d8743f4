import type { ProcessedEntity } from './demo-client.js';
import type { Mark } from './spans.js';

/** Marks by the path of the value they lie in; the path of a plain text is empty. */
export type Marks = ReadonlyMap<string, readonly Mark[]>;

function byPath(entities: readonly ProcessedEntity[]): Map<string, ProcessedEntity[]> {
  const groups = new Map<string, ProcessedEntity[]>();
  for (const entity of entities) {
    if (entity.part === 'key') continue;
    const path = entity.path ?? '';
    groups.set(path, [...(groups.get(path) ?? []), entity]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.start - b.start);
  return groups;
}

const mapGroups = (
  entities: readonly ProcessedEntity[],
  marksOf: (group: readonly ProcessedEntity[]) => Mark[],
): Marks => new Map([...byPath(entities)].map(([path, group]) => [path, marksOf(group)]));

/** Where the entities lie in the data that was sent. Entities in keys have no mark. */
export const marksBefore = (entities: readonly ProcessedEntity[]): Marks =>
  mapGroups(entities, (group) => group.map(({ start, end, type }) => ({ start, end, type })));

/** Where their replacements lie in the data that came back: each moves those after it in the same value. */
export const marksAfter = (entities: readonly ProcessedEntity[]): Marks =>
  mapGroups(entities, (group) => {
    let moved = 0;
    return group.map(({ start, end, type, replacement }) => {
      const length = [...replacement].length;
      const mark = { start: start + moved, end: start + moved + length, type };
      moved += length - (end - start);
      return mark;
    });
  });
