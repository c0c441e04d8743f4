import { BooleanField, ObjectsField, StringField } from '../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../platform/http/listing.js';

export class LoginTokenQuery extends ListQuery {
  @SortField(['created_at', 'last_used_at'])
  sort?: string;
}

export class LoginTokenDto {
  @StringField()
  id: string;

  @StringField({ nullable: true, redact: true })
  client: string | null;

  @BooleanField()
  current: boolean;

  @StringField({ format: 'date-time' })
  created_at: string;

  @StringField({ format: 'date-time', nullable: true })
  last_used_at: string | null;
}

export class LoginTokenListDto extends ListDto {
  @ObjectsField(() => LoginTokenDto)
  data: LoginTokenDto[];
}
