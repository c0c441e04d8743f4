import 'reflect-metadata';
import { Module, type Provider } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { defineTask, type TaskDefinition } from './task-definition.js';
import { type TaskEffect, TaskHandler } from './task-handler.js';
import { taskSchema } from './task-input.js';
import { TASK_DEFINITIONS, TaskRegistry } from './task-registry.js';

const define = (type: string, version = 1): TaskDefinition =>
  defineTask({ type, version, schema: taskSchema({}) });

const ONE = define('one.step');
const TWO = define('two.step');

class Handler extends TaskHandler {
  constructor(readonly definition: TaskDefinition) {
    super();
  }
  run(): Promise<TaskEffect> {
    return Promise.resolve(() => Promise.resolve({ itemsFailed: 0 }));
  }
}

async function registryOf(definitions: TaskDefinition[], handlers: Handler[]): Promise<TaskRegistry> {
  const handed: Provider[] = handlers.map((handler, index) => ({
    provide: `handler ${index}`,
    useValue: handler,
  }));
  @Module({
    imports: [DiscoveryModule],
    providers: [TaskRegistry, { provide: TASK_DEFINITIONS, useValue: definitions }, ...handed],
  })
  class World {}
  const app = await NestFactory.createApplicationContext(World, { logger: false, abortOnError: false });
  return app.get(TaskRegistry);
}

describe('TaskRegistry', () => {
  it('finds the handler of every kind', async () => {
    const handlers = [new Handler(ONE), new Handler(TWO)];
    const registry = await registryOf([ONE, TWO], handlers);
    registry.load();
    expect(registry.kinds.sort()).toEqual(['one.step@1', 'two.step@1']);
    expect(registry.handlerOf({ type: 'two.step', version: 1 })).toBe(handlers[1]);
    expect(() => registry.handlerOf({ type: 'two.step', version: 2 })).toThrow();
  });

  it.each<[string, TaskDefinition[], Handler[], RegExp]>([
    ['a definition without handler', [ONE, TWO], [new Handler(ONE)], /two\.step@1 has no handler/],
    [
      'a handler without definition',
      [ONE],
      [new Handler(ONE), new Handler(TWO)],
      /two\.step@1 .* no definition/,
    ],
    ['two handlers of one kind', [ONE], [new Handler(ONE), new Handler(ONE)], /one\.step@1 has two handlers/],
    ['a kind defined twice', [ONE, define('one.step')], [new Handler(ONE)], /one\.step@1 is defined twice/],
    [
      'another version',
      [define('one.step', 2)],
      [new Handler(ONE)],
      /one\.step@2 has no handler; one\.step@1/,
    ],
  ])('refuses to load with %s', async (_, definitions, handlers, message) => {
    const registry = await registryOf(definitions, handlers);
    expect(() => registry.load()).toThrow(message);
  });
});
