import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { VERSION } from '../config/product.js';

/**
 * The process's metrics. Names follow OpenTelemetry's semantic conventions in their Prometheus form where they have
 * one; ours start with `redoubt_`. Every label takes its values from code: route patterns, error codes, plan names.
 * Nothing of a request may become a label, neither for the sake of people nor of the monitor's memory.
 * `docs/operations.md` describes each of them.
 */
export const registry = new Registry();

const registers = [registry];

/** Seconds, as OpenTelemetry's semantic conventions for HTTP advise (http.server.request.duration). */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Seconds; a task may take minutes. */
const TASK_SECONDS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900];

export const requestDuration = new Histogram({
  name: 'http_server_request_duration_seconds',
  help: 'Time from the first byte of a request to the end of its answer.',
  labelNames: ['http_request_method', 'http_route', 'http_response_status_code', 'error_type'] as const,
  buckets: REQUEST_SECONDS,
  registers,
});

export const activeRequests = new Gauge({
  name: 'http_server_active_requests',
  help: 'Requests under way.',
  registers,
});

export const poolConnections = new Gauge({
  name: 'db_client_connection_count',
  help: 'Database connections of this process, by state.',
  labelNames: ['state'] as const,
  registers,
});

export const poolMaximum = new Gauge({
  name: 'db_client_connection_max',
  help: 'Most database connections of this process.',
  registers,
});

export const poolWaiting = new Gauge({
  name: 'db_client_connection_pending_requests',
  help: 'Callers that wait for a database connection.',
  registers,
});

export const auditRows = new Counter({
  name: 'redoubt_audit_rows_total',
  help: 'Audit rows committed, by action.',
  labelNames: ['action'] as const,
  registers,
});

export const auditSequenced = new Counter({
  name: 'redoubt_audit_sequenced_rows_total',
  help: 'Audit rows that got their place in the log.',
  registers,
});

export const auditLag = new Gauge({
  name: 'redoubt_audit_lag_seconds',
  help: 'Age of the audit row that has waited longest for its place in the log, in the whole installation.',
  registers,
});

export const auditQuarantined = new Gauge({
  name: 'redoubt_audit_quarantined_logs',
  help: 'Logs, of organizations or of the instance, that contradict themselves and were set apart.',
  registers,
});

export const auditSegmentsDue = new Gauge({
  name: 'redoubt_audit_segments_due',
  help: 'Segments of audit logs that were announced more than 80 minutes ago and whose entries are in the database still, in the whole installation.',
  registers,
});

export const auditSegmentsUnreadable = new Counter({
  name: 'redoubt_audit_segments_unreadable_total',
  help: 'Times that an archived segment of an audit log was missing or was not what it was when somebody read it.',
  registers,
});

export const auditStreamed = new Counter({
  name: 'redoubt_audit_stream_messages_total',
  help: 'Messages that a collector of the audit log was sent, those sent again among them.',
  labelNames: ['collector'] as const,
  registers,
});

export const auditStreamLag = new Gauge({
  name: 'redoubt_audit_stream_lag_seconds',
  help: 'How long the oldest part of the audit log that a collector has not been sent has waited, in the whole installation.',
  labelNames: ['collector'] as const,
  registers,
});

export const limitRefusals = new Counter({
  name: 'redoubt_limit_refusals_total',
  help: 'Requests refused with 429, by plan and by the window that refused.',
  labelNames: ['plan', 'window'] as const,
  registers,
});

export const completions = new Counter({
  name: 'redoubt_completions_total',
  help: 'Completions that are over, by how they ended.',
  labelNames: ['status'] as const,
  registers,
});

export const egressRequests = new Counter({
  name: 'redoubt_egress_requests_total',
  help: 'Requests made to servers that users name, by what became of them.',
  labelNames: ['outcome'] as const,
  registers,
});

export const webhookAttempts = new Counter({
  name: 'redoubt_webhook_attempts_total',
  help: 'Attempts to deliver to webhooks, by what followed.',
  labelNames: ['outcome'] as const,
  registers,
});

export const webhooksWaiting = new Gauge({
  name: 'redoubt_webhook_deliveries_waiting',
  help: 'Deliveries to webhooks that are not made yet, in the whole installation.',
  registers,
});

export const webhooksLag = new Gauge({
  name: 'redoubt_webhook_lag_seconds',
  help: 'Age of the oldest of them.',
  registers,
});

export const taskDuration = new Histogram({
  name: 'redoubt_task_duration_seconds',
  help: 'Time a worker spent on a task, by type and outcome.',
  labelNames: ['type', 'outcome'] as const,
  buckets: TASK_SECONDS,
  registers,
});

export const tasks = new Gauge({
  name: 'redoubt_tasks',
  help: 'Tasks that wait, run or failed for good, in the whole installation.',
  labelNames: ['status'] as const,
  registers,
});

export const queueLag = new Gauge({
  name: 'redoubt_queue_lag_seconds',
  help: 'How long the longest-waiting task has been due, in the whole installation.',
  registers,
});

export const outboxBacklog = new Gauge({
  name: 'redoubt_outbox_backlog',
  help: 'Intents not yet handed to the queue, in the whole installation.',
  registers,
});

export const databaseRead = new Gauge({
  name: 'redoubt_metrics_database_up',
  help: '1 when this scrape could read the gauges of the whole installation, else 0 and they are left out.',
  registers,
});

new Gauge({
  name: 'redoubt_build_info',
  help: 'Always 1; the version is its label.',
  labelNames: ['version'] as const,
  registers,
  collect() {
    this.set({ version: VERSION }, 1);
  },
});

/** Starts what the runtime itself is measured with; once a process, at its start. */
export function measureRuntime(): void {
  if (!registry.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics({ register: registry });
}
