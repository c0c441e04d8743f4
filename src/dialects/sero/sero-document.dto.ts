import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';

export class SeroDocumentDto {
  @StringField()
  id: string;

  @StringField({ redact: true })
  filename: string;

  @NumberField({ integer: true, minimum: 0 })
  size: number;

  @StringField({ enum: ['uploaded', 'processing', 'processed', 'indexed', 'partial', 'failed'] })
  status: string;

  @StringField({ format: 'date-time' })
  uploaded_at: string;

  @StringField({ enum: ['none', 'queued', 'running', 'completed', 'failed'] })
  redaction_status: string;
}

export class SeroDocumentListDto {
  @ObjectsField(() => SeroDocumentDto)
  documents: SeroDocumentDto[];
}
