import { BooleanField, NumberField, ObjectField, StringField } from '../../platform/http/fields.js';

export class PlatformMetaDto {
  @StringField({ format: 'date-time' })
  timestamp: string;
}

export class PlatformListMetaDto {
  /** Null where the client continued by cursor: then nobody counts pages. */
  @NumberField({ integer: true, minimum: 1, nullable: true })
  page: number | null;

  @NumberField({ integer: true, minimum: 1 })
  per_page: number;

  @NumberField({ integer: true, minimum: 0 })
  total_items: number;

  @NumberField({ integer: true, minimum: 0 })
  total_pages: number;

  @BooleanField()
  has_next: boolean;

  @BooleanField()
  has_previous: boolean;

  @StringField({ nullable: true })
  next_cursor: string | null;
}

/** What every answer has around its one `data`. */
export abstract class PlatformSingleDto {
  @StringField({ enum: ['success'] })
  status: 'success';

  @ObjectField(() => PlatformMetaDto)
  meta: PlatformMetaDto;
}

/** What every answer has around its list of `data`. */
export abstract class PlatformListDto {
  @StringField({ enum: ['success'] })
  status: 'success';

  @ObjectField(() => PlatformListMetaDto)
  meta: PlatformListMetaDto;
}
