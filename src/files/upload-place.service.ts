import { Injectable } from '@nestjs/common';
import { invalidField, platformError } from '../platform/errors/app-error.js';
import { isId } from '../platform/http/ids.js';
import { holds } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { Tenancy } from '../platform/http/tenancy.service.js';

/** The field of an upload that says where it belongs. */
export const PROJECT_FIELD = 'project_id';

/**
 * Where uploads belong. The guard has seen no form, so what it does for other requests is done here: the caller is moved
 * to the organization of the project, and has to be allowed to put files there.
 */
@Injectable()
export class UploadPlace {
  constructor(private readonly tenancy: Tenancy) {}

  /** The caller where the form's project is; at home where it names none, or none that they see. @throws AppError PERMISSION_DENIED */
  async enter(caller: Caller, fields: ReadonlyMap<string, string>): Promise<Caller> {
    const name = fields.get(PROJECT_FIELD);
    const principal =
      name !== undefined && isId('proj', name)
        ? await this.tenancy.enter(caller.principal, { prefix: 'proj', name })
        : caller.principal;
    if (holds(principal, 'files:write')) return { ...caller, principal };
    const message = `Your role does not allow uploads there. Send '${PROJECT_FIELD}', before the file, for another project.`;
    throw platformError('PERMISSION_DENIED', { message });
  }
}

/** The 400 for bytes that were sealed for one organization, and then put into another. */
export const projectTooLate = () =>
  invalidField(
    PROJECT_FIELD,
    'order',
    `For a project outside of your home organization, '${PROJECT_FIELD}' must come before the file in the form.`,
  );
