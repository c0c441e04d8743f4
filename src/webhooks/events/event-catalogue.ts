import type { EventData } from '../../platform/outbox/event.js';
import { EXAMPLES } from './event-examples.js';

/** The documents whose clients know an event, as they call their products. */
export type EventSource = 'SERO' | 'SecureAI' | 'Platform' | 'KeyNest' | 'Redoubt';

/** An event that webhooks tell of. */
export interface CatalogueEvent {
  /** `<resource>.<past tense>`. */
  readonly name: string;
  readonly summary: string;
  readonly sources: readonly EventSource[];
  /** The field of the event whose value says what it is about: deliveries about one thing can go in order. */
  readonly subject: string;
  /** What `data` looks like. An event's fields that are not in it stay here. */
  readonly example: EventData;
}

const row = (
  name: keyof typeof EXAMPLES,
  subject: string,
  summary: string,
  ...sources: EventSource[]
): CatalogueEvent => ({
  ...{ name, summary, subject, example: EXAMPLES[name] },
  sources: sources.length > 0 ? sources : ['Redoubt'],
});

/** Every event there is, by the kind of thing it is about. Code writes no other. */
export const EVENT_CATALOGUE: readonly CatalogueEvent[] = [
  row('project.created', 'project_id', 'A project was made.', 'SERO'),
  row('project.updated', 'project_id', "A project's settings, password or state changed."),
  row('project.shared', 'project_id', 'A project was shared with somebody.', 'SERO'),
  row('project.archived', 'project_id', 'A project was archived.'),
  row('project.deleted', 'project_id', 'A project was deleted, with everything in it.'),
  row(
    'document.uploaded',
    'document_id',
    'A file was uploaded to a project or a knowledge base.',
    'SERO',
    'SecureAI',
  ),
  row(
    'document.processed',
    'document_id',
    'The redaction of a document ended, as `completed` or `failed`.',
    'SERO',
  ),
  row('document.indexed', 'document_id', 'A document of a knowledge base can be searched.', 'SecureAI'),
  row('document.failed', 'document_id', 'A document of a knowledge base could not be read.'),
  row(
    'document.deleted',
    'document_id',
    'A document was deleted: by `request`, by an `erasure`, or because its time was over.',
  ),
  row('chat.created', 'chat_id', 'A conversation was begun.', 'SecureAI'),
  row('chat.completed', 'receipt_id', 'A model answered a completion.', 'SecureAI'),
  row('variable.created', 'variable_id', 'A variable was made.', 'KeyNest'),
  row('variable.updated', 'variable_id', 'A variable got a new version.', 'KeyNest'),
  row('variable.deleted', 'variable_id', 'A variable was deleted.', 'KeyNest'),
  row(
    'variable.destroyed',
    'variable_id',
    'A version of a variable was destroyed for good, `destroyed_by` a user.',
  ),
  row('environment.deleted', 'environment_id', 'An environment was deleted, with everything in it.'),
  row('variable.rotation_due', 'variable_id', 'The value of a variable is to be changed.'),
  row('resource.created', 'id', 'A redaction policy was made.', 'Platform'),
  row('resource.updated', 'id', 'A redaction policy got a new version, or was archived.'),
  row('resource.deleted', 'id', 'A redaction policy was deleted.'),
  row('user.created', 'user_id', 'An account was made.', 'SecureAI'),
  row('user.updated', 'user_id', 'An account changed.'),
  row(
    'user.role_changed',
    'user_id',
    "Somebody's role changed: `system_role` that in the instance, `role` that in an organization.",
    'SecureAI',
  ),
  row('user.disabled', 'user_id', 'An account was disabled.'),
  row('user.deleted', 'user_id', 'An account was deleted.'),
  row('job.completed', 'id', 'Work in the background is done; some of it may have failed.'),
  row('job.failed', 'id', 'None of the work of a job succeeded.'),
  row('job.cancelled', 'id', 'A job was cancelled.'),
  row('break_glass.opened', 'break_glass_id', 'An administrator opened content in an emergency.'),
  row('break_glass.ended', 'break_glass_id', 'An emergency access ended.'),
  row('erasure.completed', 'erasure_id', 'What was to be erased is destroyed.'),
  row('webhook.pinged', 'webhook_id', 'You asked for a ping; it goes to the webhook that was asked alone.'),
  row(
    'webhook.disabled',
    'webhook_id',
    'A webhook was disabled, since its receiver is gone or keeps failing.',
  ),
];

const BY_NAME: ReadonlyMap<string, CatalogueEvent> = new Map(
  EVENT_CATALOGUE.map((event) => [event.name, event]),
);

export const catalogueEvent = (name: string): CatalogueEvent | undefined => BY_NAME.get(name);

/** What goes to one webhook whatever it has subscribed to. */
export const PINGED = 'webhook.pinged';
