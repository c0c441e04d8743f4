import { ObjectsField, StringField } from '../../../platform/http/fields.js';
import { ListDto, ListQuery, SortField } from '../../../platform/http/listing.js';

export class DuplicateQuery extends ListQuery {
  @StringField({ minLength: 1, maxLength: 100, optional: true })
  project_id?: string;

  @SortField(['size'])
  sort?: 'size';
}

export class DuplicateDto {
  @StringField()
  id: string;

  @StringField()
  key: string;

  @StringField()
  environment_id: string;

  @StringField()
  environment_name: string;

  @StringField()
  project_id: string;

  @StringField({ format: 'date-time' })
  value_changed_at: string;
}

export class DuplicateGroupDto {
  @ObjectsField(() => DuplicateDto)
  variables: DuplicateDto[];
}

export class DuplicateListDto extends ListDto {
  @ObjectsField(() => DuplicateGroupDto)
  data: DuplicateGroupDto[];
}
