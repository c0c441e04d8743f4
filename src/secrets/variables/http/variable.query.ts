import { BooleanField, StringField } from '../../../platform/http/fields.js';
import { ListQuery, SortField } from '../../../platform/http/listing.js';
import { MAX_KEY } from '../../variable.policy.js';

const KEY = { minLength: 1, maxLength: MAX_KEY, optional: true } as const;
const ID = { minLength: 1, maxLength: 100, optional: true } as const;
const DATE = { maxLength: 40, optional: true } as const;

/** Whether references in values are to be replaced. */
export class ResolveQuery {
  @BooleanField({ default: false, optional: true })
  resolve = false;
}

/** Filters of an environment's variables. */
export class EnvironmentVariableQuery extends ListQuery {
  @SortField(['created_at', 'updated_at', 'key'])
  sort?: string;

  @StringField(KEY)
  key?: string;

  @StringField(KEY)
  search?: string;

  @StringField({ minLength: 1, maxLength: 50, optional: true })
  tag?: string;

  @BooleanField({ default: false, optional: true })
  resolve = false;
}

/** Filters over all environments. */
export class VariableQuery extends ListQuery {
  @SortField(['created_at', 'updated_at', 'value_changed_at', 'key'])
  sort?: string;

  @StringField(ID)
  environment_id?: string;

  @StringField(ID)
  project_id?: string;

  @StringField(KEY)
  key?: string;

  @StringField(KEY)
  search?: string;

  @StringField({ minLength: 1, maxLength: 50, optional: true })
  tag?: string;

  @StringField(DATE)
  value_changed_before?: string;

  @StringField(DATE)
  rotation_due_before?: string;
}
