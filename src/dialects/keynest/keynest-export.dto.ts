import { StringField } from '../../platform/http/fields.js';
import { KEYNEST_FORMATS, type KeynestFormat } from './keynest-import.dto.js';

export class KeynestExportQuery {
  @StringField({ optional: true, enum: KEYNEST_FORMATS, default: 'env' })
  format: KeynestFormat = 'env';
}
