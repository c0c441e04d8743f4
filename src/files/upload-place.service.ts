import { Injectable } from '@nestjs/common';
import { invalidField, platformError } from '../platform/errors/app-error.js';
import { isId } from '../platform/http/ids.js';
import { holds } from '../platform/http/principal.js';
import type { Caller } from '../platform/http/request-context.js';
import { Tenancy } from '../platform/http/tenancy.service.js';

/** The fields of an upload that say where it belongs; a knowledge base is of one project. */
export const PROJECT_FIELD = 'project_id';
export const KNOWLEDGE_BASE_FIELD = 'knowledge_base_id';

const PLACES = [
  [KNOWLEDGE_BASE_FIELD, 'kb'],
  [PROJECT_FIELD, 'proj'],
] as const;

/**
 * Where uploads belong. The guard has seen no form, so what it does for other requests is done here: the caller is moved
 * to the organization of the project, and has to be allowed to put files there.
 */
@Injectable()
export class UploadPlace {
  constructor(private readonly tenancy: Tenancy) {}

  /** The caller where the form's project is; at home where it names none, or none that they see. @throws AppError PERMISSION_DENIED */
  async enter(caller: Caller, fields: ReadonlyMap<string, string>): Promise<Caller> {
    const [place] = PLACES.flatMap(([field, prefix]) => {
      const name = fields.get(field);
      return name !== undefined && isId(prefix, name) ? [{ prefix, name }] : [];
    });
    const principal = place ? await this.tenancy.enter(caller.principal, place) : caller.principal;
    if (holds(principal, place?.prefix === 'kb' ? 'knowledge:write' : 'files:write'))
      return { ...caller, principal };
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
