import fc from 'fast-check';
import { newId } from '../http/ids.js';
import { countField, InvalidTaskInput, idField, taskSchema } from './task-input.js';

const schema = taskSchema({ batchId: idField('batch'), from: countField });

describe('taskSchema', () => {
  it('reads back what was stored', () => {
    const input = { batchId: newId('batch'), from: 40 };
    expect(schema(JSON.parse(JSON.stringify(input)))).toEqual(input);
  });

  it('lets nothing through but its fields, so that no content can be queued', () => {
    const good = { batchId: newId('batch'), from: 0 };
    expect(() => schema({ ...good, text: 'John Smith' })).toThrow(InvalidTaskInput);
    expect(() => schema({ ...good, batchId: 'John Smith' })).toThrow(InvalidTaskInput);
    expect(() => schema({ ...good, batchId: newId('job') })).toThrow(InvalidTaskInput);
    expect(() => schema({ batchId: good.batchId })).toThrow(InvalidTaskInput);
  });

  it('refuses every other value without quoting it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ batchId: fc.string(), from: fc.double() })),
        (value) => {
          try {
            schema(value);
            return false;
          } catch (error) {
            return error instanceof InvalidTaskInput;
          }
        },
      ),
    );
  });
});
