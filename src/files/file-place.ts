import type { FilePlace } from '../crypto/index.js';
import type { StoredFile } from './document.js';

type Placed = Pick<StoredFile, 'id' | 'organizationId' | 'projectId' | 'version'>;

/** Where the wrapped key of a file belongs: it opens in its project alone. */
export const keyPlaceOf = ({ id, organizationId, projectId, version }: Placed): FilePlace => ({
  organizationId,
  projectId,
  fileId: id,
  version,
});

/**
 * Where the bytes of a file belong. Not to a project: bytes are sealed as they arrive, and the form may name the project
 * only after them. Their key is wrapped for one project alone, so that they open nowhere else all the same.
 */
export const bytesPlaceOf = ({ id, organizationId, version }: Omit<Placed, 'projectId'>): FilePlace => ({
  organizationId,
  projectId: '',
  fileId: id,
  version,
});
