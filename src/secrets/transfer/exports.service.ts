import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import { EnvironmentNewsWriter } from '../environments/environment-news.service.js';
import type { EnvironmentRow } from '../environments/environments.repository.js';
import { mayReveal } from '../environments/environments.service.js';
import { fileNameOf, mediaTypeOf } from '../formats/format-of.js';
import type { VariableFormat, Variable as WrittenVariable } from '../formats/variable-format.js';
import { writeVariables } from '../formats/write-variables.js';
import { EnvironmentVariables } from '../variables/environment-variables.service.js';
import { HIDDEN, type Variable } from '../variables/variable.js';
import { ExportHeaders } from './export-headers.service.js';
import { exportRefused, referencesUnresolved } from './export-refusals.js';
import { ReferencesService } from './references.service.js';

/** How variables are to be written. */
export interface ExportRequest {
  readonly format: VariableFormat;
  /** Whether references get the values that they lead to. */
  readonly resolve: boolean;
  /** By whose name the file says that it was made. */
  readonly product: string;
}

/** A file of variables. */
export interface ExportedFile {
  readonly text: string;
  /** With its charset. */
  readonly mediaType: string;
  readonly fileName: string;
}

/** Giving out environments as files. Whoever may read no values gets `[HIDDEN]` in the place of each. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly variables: EnvironmentVariables,
    private readonly references: ReferencesService,
    private readonly headers: ExportHeaders,
    private readonly news: EnvironmentNewsWriter,
  ) {}

  /**
   * Resolved means that it is on record who got the values, and under which revision.
   * @throws AppError NOT_FOUND, REFERENCES_UNRESOLVED, EXPORT_REFUSED
   */
  async exportVariables(
    caller: Caller,
    environmentId: string,
    { format, resolve, product }: ExportRequest,
  ): Promise<ExportedFile> {
    const { environment, variables } = await this.variables.readAll(caller, environmentId);
    const reveals = mayReveal(caller.principal);
    const written = reveals
      ? await this.valuesOf(caller, environment, variables, resolve)
      : variables.map(({ key }) => ({ key, value: HIDDEN }));
    const header = await this.headers.linesFor(caller, environment, product);
    const { text, refused } = writeVariables(written, format, { header, name: environment.name });
    if (refused.length > 0) throw exportRefused(format, refused);
    if (reveals) {
      const extent = { counts: { variables: variables.length } };
      const details = { format, resolved: resolve, revision: environment.revision };
      await this.news.tellOfReading(caller, environment, 'exported', { ...extent, details });
    }
    return { text, mediaType: mediaTypeOf(format), fileName: fileNameOf(format, environment.name) };
  }

  private async valuesOf(
    caller: Caller,
    environment: EnvironmentRow,
    variables: readonly Variable[],
    resolve: boolean,
  ): Promise<readonly WrittenVariable[]> {
    if (!resolve) return variables;
    const resolved = await this.references.resolve(caller, environment, variables);
    const unresolved = variables.flatMap(({ id, key }) =>
      (resolved.get(id)?.problems ?? []).map((problem) => ({ key, ...problem })),
    );
    if (unresolved.length > 0) throw referencesUnresolved(unresolved);
    return variables.map(({ id, key, value }) => ({ key, value: resolved.get(id)?.value ?? value }));
  }
}
