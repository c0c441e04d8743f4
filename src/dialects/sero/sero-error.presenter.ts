import type { ErrorDetails } from '../../platform/errors/app-error.js';
import { statusWithout422 } from '../../platform/errors/error-registry.js';
import type { ErrorPresenter } from '../../platform/http/error-presenter.js';
import type { SeroErrorDetailsDto, SeroErrorEnvelopeDto } from './sero-error.dto.js';

/** The one error whose details SERO's document shows has a list of its own in them. */
function detailsOf(code: string, { field, constraint, allowed, file_id }: ErrorDetails): SeroErrorDetailsDto {
  if (code === 'INVALID_FILE_FORMAT') return { supported_formats: [...(allowed ?? [])] };
  return { field, constraint, ...(allowed && { allowed: [...allowed] }), ...(file_id && { file_id }) };
}

export const presentSeroError: ErrorPresenter = (error) => {
  const code = error.row.sero ?? error.code;
  const { details, message } = error;
  const body: SeroErrorEnvelopeDto = {
    error: { code, message, ...(details && { details: detailsOf(code, details) }) },
  };
  return { status: statusWithout422(error.row.status), body };
};
