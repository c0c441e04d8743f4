import { OptionalBody } from '../../../platform/http/field-registry.js';
import { StringField, StringsField } from '../../../platform/http/fields.js';
import { MAX_DOCUMENTS } from '../../redactions/http/redaction.dto.js';

/** Which redacted files: all of the project's, where nothing is said. */
@OptionalBody()
export class RedactedArchiveRequestDto {
  @StringsField({ minLength: 1, maxLength: 100, minItems: 1, maxItems: MAX_DOCUMENTS, optional: true })
  document_ids?: string[];

  @StringField({ minLength: 1, maxLength: 100, optional: true })
  key_id?: string;

  @StringField({ maxLength: 1024, redact: true, optional: true })
  encrypted_password?: string;
}
