import { NumberField, ObjectField, StringField, StringsField } from '../../platform/http/fields.js';
import { LOG_FORMATS, type LogFormat } from '../exports/log-exports.service.js';
import { LOGS, type LogChoice } from '../proofs/chosen-log.policy.js';
import { VERDICTS, type Verdict } from '../proofs/log-verdicts.service.js';

const NAME = { minLength: 1, maxLength: 100, optional: true } as const;
const MOMENT = { minLength: 1, maxLength: 40, optional: true } as const;
const SIZE = { integer: true, minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const LEAVES = { integer: true, minimum: 0 } as const;

export class AuditCheckpointQuery {
  @StringField({ enum: LOGS, default: 'organization', optional: true })
  log: LogChoice['log'] = 'organization';

  @StringField(NAME)
  organization_id?: string;
}

export class AuditProofQuery extends AuditCheckpointQuery {
  @StringField(NAME)
  id?: string;

  @NumberField({ ...SIZE, optional: true })
  size?: number;

  @NumberField({ ...SIZE, optional: true })
  from_size?: number;
}

export class AuditExportQuery extends AuditCheckpointQuery {
  @StringField({ enum: LOG_FORMATS, default: 'jsonl', optional: true })
  format: LogFormat = 'jsonl';

  @StringField(MOMENT)
  created_after?: string;

  @StringField(MOMENT)
  created_before?: string;
}

/** How far a log had come, signed. */
class SignedHeadDto {
  @StringField()
  checkpoint: string;

  @StringField()
  origin: string;

  @NumberField(LEAVES)
  size: number;

  @StringField()
  root: string;

  @StringField()
  verifier_key: string;
}

export class AuditCheckpointDto extends SignedHeadDto {
  @StringField()
  public_key: string;

  @StringField({ format: 'date-time', nullable: true })
  created_at: string | null;
}

export class AuditEntryProofDto {
  @NumberField(LEAVES)
  leaf: number;

  @StringField()
  leaf_hash: string;

  @StringField()
  text: string;

  @StringsField()
  proof: string[];
}

export class AuditConsistencyProofDto {
  @NumberField(LEAVES)
  from_size: number;

  @StringsField()
  proof: string[];
}

export class AuditProofDto extends SignedHeadDto {
  @ObjectField(() => AuditEntryProofDto, { nullable: true })
  entry: AuditEntryProofDto | null;

  @ObjectField(() => AuditConsistencyProofDto, { nullable: true })
  consistency: AuditConsistencyProofDto | null;
}

export class ClaimedAuditEntryDto {
  @StringField({ minLength: 1, maxLength: 100_000 })
  text: string;

  @NumberField(SIZE)
  leaf: number;

  @StringsField({ maxItems: 64, maxLength: 44 })
  proof: string[];
}

export class VerifyAuditLogDto {
  @StringField({ minLength: 1, maxLength: 4_096 })
  checkpoint: string;

  @ObjectField(() => ClaimedAuditEntryDto, { optional: true })
  entry?: ClaimedAuditEntryDto;

  @StringField({ enum: LOGS, default: 'organization', optional: true })
  log: LogChoice['log'] = 'organization';

  @StringField(NAME)
  organization_id?: string;
}

export class AuditVerdictDto {
  @StringField({ enum: VERDICTS })
  verdict: Verdict;

  @NumberField(LEAVES)
  from_size: number;

  @StringField()
  checkpoint: string;

  @NumberField(LEAVES)
  size: number;

  @StringsField({ nullable: true })
  consistency_proof: string[] | null;

  @StringField({ enum: ['included', 'not_included'], nullable: true })
  entry: 'included' | 'not_included' | null;
}
