import {
  BooleanField,
  CountsField,
  NumberField,
  ObjectField,
  StringField,
  StringsField,
} from '../../platform/http/fields.js';
import { ReceiptPolicyDto, ReceiptUpstreamDto } from '../receipts/http/receipt.dto.js';

export const PREVIEW_OUTCOMES = ['send', 'block', 'refuse', 'answer_here'] as const;
export type PreviewOutcome = (typeof PREVIEW_OUTCOMES)[number];

export class CompletionBytesDto {
  @StringField()
  body: string;

  @StringField()
  sha256: string;

  @NumberField({ integer: true, minimum: 0 })
  bytes: number;
}

/** What a request for a completion would make leave. */
export class CompletionPreviewDto {
  @StringField({ enum: PREVIEW_OUTCOMES })
  outcome: PreviewOutcome;

  @StringField()
  model_requested: string;

  @StringField()
  model: string;

  @ObjectField(() => ReceiptUpstreamDto, { nullable: true })
  upstream: ReceiptUpstreamDto | null;

  @BooleanField()
  shielded: boolean;

  @ObjectField(() => ReceiptPolicyDto, { nullable: true })
  policy: ReceiptPolicyDto | null;

  @CountsField()
  findings: Readonly<Record<string, number>>;

  @CountsField()
  actions: Readonly<Record<string, number>>;

  @StringsField()
  blocked: string[];

  @StringsField()
  kept_local: string[];

  @StringsField()
  attachments: string[];

  @StringsField()
  unknown_fields: string[];

  @ObjectField(() => CompletionBytesDto, { nullable: true })
  request: CompletionBytesDto | null;
}
