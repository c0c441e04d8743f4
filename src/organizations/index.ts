export { MembershipEntity } from './membership.entity.js';
export { OrganizationEntity } from './organization.entity.js';
export { OrganizationsModule } from './organizations.module.js';
export { OrganizationsRepository } from './organizations.repository.js';
