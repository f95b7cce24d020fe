import { type GeneratedFile, header } from "./generated-file.ts";
import type { Facts } from "./read-facts.ts";
import type { Measure, ServiceLevel, ServiceLevels } from "./service-levels.ts";
import { yamlText } from "./yaml-text.ts";

/** An alert of Prometheus. */
export interface Alert {
  readonly name: string;
  readonly expr: string;
  readonly for?: string;
  /** One sentence about the series that fired. */
  readonly summary: string;
}

/** The rules that alert when a service level of the constitution is missed. */
export function alertRules(facts: Facts): GeneratedFile {
  const alerts = [...alertsOf(facts)];
  const rules = alerts.map(([measure, { name, expr, for: lasting, summary }]) => ({
    alert: name,
    expr,
    ...(lasting && { for: lasting }),
    labels: { severity: "page" },
    annotations: { summary, description: `The constitution alerts on: ${textOf(facts.levels, measure)}.` },
  }));
  const why = Object.fromEntries(
    alerts.map(([measure], at) => [
      `/groups/0/rules/${at}`,
      `${measure}: ${textOf(facts.levels, measure)}.${hints[measure] ? `\n${hints[measure]}` : ""}`,
    ]),
  );
  const value = { groups: [{ name: "service-levels", rules }] };
  const text = yamlText(header("Alerts, from the table Service Levels of constitution.md."), { value, why });
  return { path: "deploy/prometheus/alerts.yml", text };
}

const textOf = (levels: ServiceLevels, measure: Measure) => levels.get(measure)?.text ?? "";

const hints: Partial<Record<Measure, string>> = {
  "Error rate": "Without probes, which answer 503 on purpose.",
  Readiness: "A service is ready when one of its instances is.",
  Outbox: "All instances of a service look at the same outbox.",
  "Dead letters": "All instances of a consumer look at the same queue.",
};

/** The alert for each measure. Facts name the probes, whose requests are nobody's. */
export function alertsOf({ levels, services }: Facts): ReadonlyMap<Measure, Alert> {
  const probes = [
    ...new Set(services.flatMap((service) => service.probes.map((probe) => probe.operationId))),
  ];
  const requests = `operation!~"${[...probes.sort(), "metrics"].join("|")}"`;
  return new Map([...levels].map(([measure, level]) => [measure, make[measure](level, requests)]));
}

const number = ({ numbers }: ServiceLevel, name: string) => numbers[name] ?? Number.NaN;
const minutes = (level: ServiceLevel) => `${number(level, "minutes")}m`;
const seconds = (level: ServiceLevel) => 60 * number(level, "minutes");

const make: Readonly<Record<Measure, (level: ServiceLevel, requests: string) => Alert>> = {
  "Error rate": (level, requests) => {
    const rate = (more: string) =>
      `sum by (service) (rate(http_server_request_duration_seconds_count{${more}${requests}}[${minutes(level)}]))`;
    return {
      name: "ErrorRate",
      expr: `${rate('status=~"5..", ')}\n  / ${rate("")}\n  > ${number(level, "percent") / 100}\n`,
      summary: "{{ $labels.service }} answers {{ $value | humanizePercentage }} of its requests with 5xx.",
    };
  },
  Latency: (level, requests) => ({
    name: "Latency",
    expr: `histogram_quantile(${number(level, "percentile") / 100},
  sum by (service, le) (rate(http_server_request_duration_seconds_bucket{${requests}}[${minutes(level)}])))
  > ${number(level, "milliseconds") / 1000}\n`,
    summary: `Percentile ${number(level, "percentile")} of {{ $labels.service }} is {{ $value | humanizeDuration }}.`,
  }),
  Readiness: (level) => ({
    name: "Readiness",
    expr: 'max by (service) (probe_success{job="readiness"}) == 0',
    for: minutes(level),
    summary: "{{ $labels.service }} is not ready.",
  }),
  Outbox: (level) => ({
    name: "Outbox",
    expr: `max by (service) (outbox_oldest_seconds) > ${seconds(level)}`,
    summary: "An event of {{ $labels.service }} has not been published for {{ $value | humanizeDuration }}.",
  }),
  "Dead letters": () => ({
    name: "DeadLetters",
    expr: 'max by (consumer) (bus_queue_messages{state="dead"}) > 0',
    summary:
      "{{ $value }} messages to {{ $labels.consumer }} could not be processed. See npm run dlq -- show.",
  }),
  "Pending orders": (level) => ({
    name: "PendingOrders",
    expr: `max(orders_pending_oldest_seconds) > ${seconds(level)}`,
    summary: "An order has been pending for {{ $value | humanizeDuration }}.",
  }),
};
