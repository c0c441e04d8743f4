import { getMetadataStorage } from 'class-validator';

type Rules = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;

let areRemembered = false;

/**
 * Has class-validator look for a class's rules once. It goes through all classes there are for every object it validates,
 * although decorators have said all they say before the first object is there; what it finds depends on nothing but the class
 * where neither schemas nor groups are used, and here nobody uses them.
 */
export function rememberRules(): void {
  if (areRemembered) return;
  areRemembered = true;
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const known = new Map<unknown, Rules>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (schema || always || strictGroups || groups) return find(target, schema, always, strictGroups, groups);
    const rules = known.get(target) ?? find(target, schema, always, strictGroups, groups);
    known.set(target, rules);
    return rules;
  };
}
