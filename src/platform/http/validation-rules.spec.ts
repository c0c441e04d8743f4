import { getMetadataStorage, IsInt, IsString, Max, validateSync } from 'class-validator';
import { rememberRules } from './validation-rules.js';

class Thing {
  @IsString()
  name: unknown = 'thing';
}

class Sized extends Thing {
  @IsInt()
  @Max(3)
  size: unknown = 1;

  @IsString({ groups: ['labelled'] })
  label: unknown = 1;
}

const faultsOf = (object: object, groups?: string[]): string[] =>
  validateSync(object, { stopAtFirstError: true, ...(groups && { groups }) }).map(({ property }) => property);

it('rules are found once for each class, inherited ones included, and per group where groups are asked for', () => {
  const before = getMetadataStorage().getTargetValidationMetadatas(Sized, '', false, false);
  rememberRules();
  rememberRules();
  const find = () => getMetadataStorage().getTargetValidationMetadatas(Sized, '', false, false);
  expect(find()).toEqual(before);
  expect(find()).toBe(find());
  for (const size of [1, 4, 'x', 2]) {
    const isRight = typeof size === 'number' && size <= 3;
    const sized = Object.assign(new Sized(), { name: size === 2 ? 7 : 'n', size, label: 'l' });
    expect(faultsOf(sized).sort()).toEqual([...(size === 2 ? ['name'] : []), ...(isRight ? [] : ['size'])]);
  }
  expect(faultsOf(new Thing())).toEqual([]);
  expect(faultsOf(new Sized(), ['labelled'])).toEqual(['label']);
});
