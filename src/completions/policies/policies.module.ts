import { Module } from '@nestjs/common';
import { ProjectsModule } from '../../projects/index.js';
import { RedactionModule } from '../../redaction/index.js';
import { OrganizationPolicyController } from './http/organization-policy.controller.js';
import { PolicyOperations } from './http/policy-operations.js';
import { ProjectPolicyController } from './http/project-policy.controller.js';
import { PolicyChanges } from './policy-changes.service.js';
import { PolicyChecks } from './policy-checks.service.js';
import { PolicyReading } from './policy-reading.service.js';
import { ShieldPoliciesRepository } from './shield-policies.repository.js';
import { ShieldPolicies } from './shield-policies.service.js';

/** What the shield does, by project and organization. */
@Module({
  imports: [ProjectsModule, RedactionModule],
  controllers: [OrganizationPolicyController, ProjectPolicyController],
  providers: [
    PolicyChanges,
    PolicyChecks,
    PolicyOperations,
    PolicyReading,
    ShieldPolicies,
    ShieldPoliciesRepository,
  ],
  exports: [ShieldPolicies],
})
export class PoliciesModule {}
