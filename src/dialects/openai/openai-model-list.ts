import { ModelDtos } from '../../completions/index.js';
import { NumberField, ObjectsField, StringField } from '../../platform/http/fields.js';

/** OpenAI's libraries read one page: it holds all there is, as far as that is sensible. */
const MOST = 1_000;

export class ModelQuery {
  @NumberField({ integer: true, minimum: 1, maximum: 1_000_000, default: 1, optional: true })
  page = 1;

  @NumberField({ integer: true, minimum: 1, default: MOST, optional: true })
  page_size = MOST;
}

export class ModelListDto {
  @StringField({ enum: ['list'] })
  object: string;

  @ObjectsField(() => ModelDtos.ModelDto)
  data: ModelDtos.ModelDto[];

  @NumberField({ integer: true, minimum: 0 })
  total: number;

  @NumberField({ integer: true, minimum: 1 })
  page: number;

  @NumberField({ integer: true, minimum: 1 })
  page_size: number;
}

export function presentModels(
  models: readonly ModelDtos.ModelDto[],
  { page, page_size }: ModelQuery,
): ModelListDto {
  const size = Math.min(page_size, MOST);
  const data = models.slice((page - 1) * size, page * size);
  return { object: 'list', data, total: models.length, page, page_size: size };
}
