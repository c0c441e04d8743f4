import { hostname } from 'node:os';
import type { Settings } from '../../platform/config/settings.js';
import type { Collector, CollectorName } from './collector.js';
import { HttpCollector } from './http.collector.js';
import { SyslogDatagramCollector } from './syslog-datagram.collector.js';
import { type SyslogAddress, SyslogStreamCollector } from './syslog-stream.collector.js';

type Chosen = Pick<Settings, 'REDOUBT_AUDIT_SYSLOG' | 'REDOUBT_AUDIT_HTTP' | 'REDOUBT_AUDIT_HTTP_TOKEN'>;

/** The kinds of collectors that the settings name. */
export const collectorNames = (settings: Chosen): CollectorName[] => [
  ...(settings.REDOUBT_AUDIT_SYSLOG ? ['syslog' as const] : []),
  ...(settings.REDOUBT_AUDIT_HTTP ? ['http' as const] : []),
];

/** The collectors that the settings name, not yet connected. */
export function collectorsOf(settings: Chosen): Collector[] {
  const {
    REDOUBT_AUDIT_SYSLOG: syslog,
    REDOUBT_AUDIT_HTTP: http,
    REDOUBT_AUDIT_HTTP_TOKEN: token,
  } = settings;
  return [...(syslog ? [syslogCollector(syslog)] : []), ...(http ? [new HttpCollector(http, token)] : [])];
}

function syslogCollector(text: string): Collector {
  const url = new URL(text);
  const address: SyslogAddress = {
    protocol: url.protocol.slice(0, -1) as SyslogAddress['protocol'],
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port),
  };
  return address.protocol === 'udp'
    ? new SyslogDatagramCollector(address, hostname())
    : new SyslogStreamCollector(address, hostname());
}
