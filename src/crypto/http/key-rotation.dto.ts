import { StringField } from '../../platform/http/fields.js';
import { ROTATION_TARGETS, type RotationTarget } from '../rotation/key-rotation.task.js';

export class RotateKeysDto {
  @StringField({ enum: ROTATION_TARGETS })
  target: RotationTarget;
}
