import { newId } from './ids.js';
import type { Requester } from './request-context.js';

/** Whose work goes on, and where. */
export interface LastingWork {
  readonly organizationId: string;
  readonly createdBy: string;
  readonly projectId: string;
}

/** The request has been answered long since; what it began goes on in the name of its user. */
export const lastingRequester = ({ organizationId, createdBy, projectId }: LastingWork): Requester => ({
  principal: {
    userId: createdBy,
    organizationId,
    defaultProjectId: projectId,
    credential: { kind: 'user', id: createdBy },
  },
  requestId: newId('req'),
  clientAddress: undefined,
  userAgent: undefined,
});
