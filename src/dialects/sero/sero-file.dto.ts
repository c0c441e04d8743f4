import { NumberField, StringField } from '../../platform/http/fields.js';

export class SeroUploadedFileDto {
  @StringField()
  file_id: string;

  @StringField()
  document_id: string;

  @StringField({ redact: true })
  filename: string;

  @NumberField({ integer: true, minimum: 0 })
  size: number;

  @StringField({ enum: ['uploaded'] })
  status: string;
}
