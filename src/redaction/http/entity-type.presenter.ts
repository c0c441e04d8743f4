import { SUPPORTED_TYPES } from '../engine/detector.js';
import { publicName } from '../engine/type-names.js';
import type { EntityTypeListDto } from './entity-type.dto.js';

/** The types this server finds, under the names it answers with. */
export function listEntityTypes(): EntityTypeListDto {
  const data = SUPPORTED_TYPES.map(({ name, foundBy, ...type }) => ({
    ...type,
    name: publicName(name),
    found_by: [...foundBy],
  }));
  data.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { data, total: data.length };
}
