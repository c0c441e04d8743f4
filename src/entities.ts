import { UserEntity } from './accounts/index.js';
import { ApiKeyEntity } from './auth/index.js';
import { MembershipEntity, OrganizationEntity } from './organizations/index.js';
import { ProjectEntity } from './projects/index.js';

/** Every entity, named by class: nothing is found by glob. */
export const ENTITIES = [ApiKeyEntity, MembershipEntity, OrganizationEntity, ProjectEntity, UserEntity];
