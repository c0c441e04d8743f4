import { Inject, Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { StartError } from '../errors/start-error.js';
import { findProviders } from '../providers/find-providers.js';
import type { Task } from './job.js';
import type { TaskDefinition } from './task-definition.js';
import { TaskHandler } from './task-handler.js';

/** Injection token of all definitions of the installation. */
export const TASK_DEFINITIONS = Symbol('task definitions');

/** A definition's name in the database and in logs. */
export const kindOf = ({ type, version }: Pick<TaskDefinition, 'type' | 'version'>): string =>
  `${type}@${version}`;

/** Which handler does which kind of task. */
@Injectable()
export class TaskRegistry {
  private handlers: ReadonlyMap<string, TaskHandler> = new Map();

  constructor(
    private readonly discovery: DiscoveryService,
    @Inject(TASK_DEFINITIONS) private readonly definitions: readonly TaskDefinition[],
  ) {}

  /**
   * Finds the handlers among the providers of all modules; before any task is taken.
   * @throws StartError naming every definition without handler, handler without definition, and kind defined or
   *   handled twice
   */
  load(): void {
    const handlers = findProviders(this.discovery, TaskHandler);
    const defined = this.definitions.map(kindOf);
    const handled = handlers.map(({ definition }) => kindOf(definition));
    const faults = [
      ...repeated(defined).map((kind) => `${kind} is defined twice`),
      ...repeated(handled).map((kind) => `${kind} has two handlers`),
      ...defined.filter((kind) => !handled.includes(kind)).map((kind) => `${kind} has no handler`),
      ...handled
        .filter((kind) => !defined.includes(kind))
        .map((kind) => `${kind} has a handler and no definition`),
    ];
    if (faults.length > 0) throw new StartError(`The worker cannot start: ${faults.join('; ')}.`);
    this.handlers = new Map(handlers.map((handler) => [kindOf(handler.definition), handler]));
  }

  /** Every kind this worker does. */
  get kinds(): string[] {
    return [...this.handlers.keys()];
  }

  handlerOf(task: Pick<Task, 'type' | 'version'>): TaskHandler {
    const handler = this.handlers.get(kindOf(task));
    if (!handler) throw new Error('a task of an unknown kind was taken');
    return handler;
  }
}

const repeated = (kinds: readonly string[]): string[] => [
  ...new Set(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)),
];
