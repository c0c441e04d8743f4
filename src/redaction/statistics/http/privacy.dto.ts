import {
  BooleanField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from '../../../platform/http/fields.js';

export class PrivacyRowsDto {
  @NumberField({ integer: true, minimum: 0 })
  read: number;

  @NumberField({ integer: true, minimum: 0 })
  released: number;

  @NumberField({ integer: true, minimum: 0 })
  suppressed: number;
}

/** What generalization cost. */
export class InformationLossDto {
  @NumberField({ minimum: 0, maximum: 1 })
  certainty_penalty: number;

  @NumberField({ integer: true, minimum: 0 })
  discernibility: number;
}

export class PrivacyColumnDto {
  @StringField()
  name: string;

  @StringField({ enum: ['identifier', 'quasi_identifier', 'sensitive', 'other'] })
  role: string;

  @StringField({ enum: ['number', 'date', 'category'] })
  kind: string;

  @BooleanField()
  inferred: boolean;
}

/** What k-anonymity reached. */
export class AnonymityDto {
  @NumberField({ integer: true, minimum: 2 })
  k: number;

  @NumberField({ integer: true, minimum: 0, optional: true })
  l?: number;

  @NumberField({ integer: true, minimum: 1 })
  classes: number;

  @ObjectField(() => PrivacyRowsDto)
  rows: PrivacyRowsDto;

  @ObjectField(() => InformationLossDto)
  information_loss: InformationLossDto;

  @ObjectsField(() => PrivacyColumnDto)
  columns: PrivacyColumnDto[];

  @StringsField()
  uncovered: string[];
}

/** Epsilon of a release and of its data set. */
export class EpsilonDto {
  @NumberField({ minimum: 0 })
  release: number;

  @NumberField({ minimum: 0 })
  charged: number;

  @NumberField({ minimum: 0 })
  spent: number;

  @NumberField({ minimum: 0 })
  left: number;

  @NumberField({ minimum: 0 })
  budget: number;
}

/** What a statistical method promises of what it released, and what it had to guess. */
export class PrivacyDto {
  @BooleanField()
  guaranteed: boolean;

  @StringsField()
  inferred: string[];

  @ObjectField(() => AnonymityDto, { optional: true })
  anonymity?: AnonymityDto;

  @ObjectField(() => EpsilonDto, { optional: true })
  epsilon?: EpsilonDto;

  @StringsField({ optional: true })
  omitted?: string[];
}
