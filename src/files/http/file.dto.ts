import { OptionalBody } from '../../platform/http/field-registry.js';
import { BooleanField, NumberField, StringField } from '../../platform/http/fields.js';
import { FILE_KINDS, type FileKind } from '../document.js';

export class FileDto {
  @StringField()
  id: string;

  @StringField()
  document_id: string;

  @StringField()
  project_id: string;

  @StringField({ enum: FILE_KINDS })
  kind: FileKind;

  @StringField({ redact: true })
  filename: string;

  @StringField()
  media_type: string;

  @NumberField({ integer: true, minimum: 0 })
  size: number;

  @StringField({ format: 'date-time' })
  created_at: string;
}

/** What a download takes: nothing, where the project has no password. */
@OptionalBody()
export class DownloadRequestDto {
  @StringField({ minLength: 1, maxLength: 100, optional: true })
  key_id?: string;

  @StringField({ maxLength: 1024, redact: true, optional: true })
  encrypted_password?: string;

  @BooleanField({ default: false, optional: true })
  stream = false;
}
