import { alertsOf } from "./alerts.ts";
import { type GeneratedFile, header } from "./generated-file.ts";
import type { Facts } from "./read-facts.ts";
import type { Measure, ServiceLevels } from "./service-levels.ts";
import { yamlText } from "./yaml-text.ts";

/** A series over some minutes, in promtool's notation, and whom the alert has to name, if anybody. */
interface Trial {
  readonly given: string;
  readonly series: Readonly<Record<string, string>>;
  readonly fires?: { readonly labels: Readonly<Record<string, string>>; readonly value: string };
  readonly atMinutes: number;
}

/** Tests of the alerts for promtool: each is silent at its threshold and fires above it. Thresholds are the constitution's. */
export function alertTests(facts: Facts): GeneratedFile {
  const receivers = [...new Set(facts.events.map(({ to }) => to))].sort();
  const trials = trialsOf(facts.levels, receivers);
  const alerts = alertsOf(facts);
  const tests = [...alerts].flatMap(([measure, { name, summary }]) =>
    trials[measure].map(({ given, series, fires, atMinutes }) => ({
      name: `${measure}: ${given}`,
      interval: "15s",
      input_series: Object.entries(series).map(([of, values]) => ({ series: of, values })),
      alert_rule_test: [
        {
          eval_time: `${atMinutes}m`,
          alertname: name,
          exp_alerts: fires
            ? [
                {
                  exp_labels: { ...fires.labels, severity: "page" },
                  exp_annotations: {
                    summary: spoken(summary, fires),
                    description: `The constitution alerts on: ${facts.levels.get(measure)?.text}.`,
                  },
                },
              ]
            : [],
        },
      ],
    })),
  );
  const value = { rule_files: ["alerts.yml"], evaluation_interval: "15s", tests };
  const text = yamlText(header("Tests of alerts.yml: promtool test rules alerts.test.yml"), { value });
  return { path: "deploy/prometheus/alerts.test.yml", text };
}

/** A summary with its labels and its value filled in. */
function spoken(summary: string, { labels, value }: NonNullable<Trial["fires"]>): string {
  return summary
    .replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? "")
    .replaceAll(/\{\{ \$value[^}]*\}\}/g, value);
}

const number = (levels: ServiceLevels, measure: Measure, name: string) =>
  levels.get(measure)?.numbers[name] ?? Number.NaN;

/** Counts up by `each` a quarter of a minute, longer than any window lasts. */
const counting = (each: number) => `0+${each}x200`;
const staying = (value: number) => `${value}x200`;

function trialsOf(levels: ServiceLevels, receivers: readonly string[]): Record<Measure, Trial[]> {
  const order = { service: "order-service" };
  return {
    "Error rate": errorRate(number(levels, "Error rate", "percent"), number(levels, "Error rate", "minutes")),
    Latency: latency(levels),
    Readiness: readiness(number(levels, "Readiness", "minutes")),
    Outbox: aboveSeconds("outbox_oldest_seconds", order, 60 * number(levels, "Outbox", "minutes")),
    "Dead letters": [
      { given: "an empty queue", series: { [dead("order-service")]: staying(0) }, atMinutes: 5 },
      ...receivers.map((consumer) => ({
        given: `a dead letter of ${consumer}, seen by two instances`,
        series: {
          [dead(consumer, "one")]: staying(1),
          [dead(consumer, "two")]: staying(1),
          [`bus_queue_messages{service="${consumer}", consumer="${consumer}", state="waiting"}`]: staying(9),
        },
        fires: { labels: { consumer }, value: "1" },
        atMinutes: 5,
      })),
    ],
    "Pending orders": aboveSeconds(
      "orders_pending_oldest_seconds",
      order,
      60 * number(levels, "Pending orders", "minutes"),
      {},
    ),
  };
}

const dead = (consumer: string, instance = "one") =>
  `bus_queue_messages{service="${consumer}", consumer="${consumer}", state="dead", instance="${instance}"}`;

function errorRate(percent: number, minutes: number): Trial[] {
  const answers = (status: string, operation = "placeOrder") =>
    `http_server_request_duration_seconds_count{service="order-service", operation="${operation}", status="${status}"}`;
  const of = (failed: number) => ({
    [answers("202")]: counting(10_000 - 100 * failed),
    [answers("503")]: counting(100 * failed),
  });
  return [
    { given: `${percent} % of requests fail`, series: of(percent), atMinutes: minutes + 1 },
    {
      given: `${percent + 1} % of requests fail`,
      series: of(percent + 1),
      fires: { labels: { service: "order-service" }, value: `${percent + 1}%` },
      atMinutes: minutes + 1,
    },
    {
      given: "probes fail",
      series: { ...of(0), [answers("503", "getReadiness")]: counting(10_000) },
      atMinutes: minutes + 1,
    },
  ];
}

function latency(levels: ServiceLevels): Trial[] {
  const percentile = number(levels, "Latency", "percentile");
  const limit = number(levels, "Latency", "milliseconds") / 1000;
  const atMinutes = number(levels, "Latency", "minutes") + 1;
  const bucket = (le: string) =>
    `http_server_request_duration_seconds_bucket{service="order-service", operation="placeOrder", le="${le}"}`;
  const of = (within: number) => ({
    [bucket(`${limit}`)]: counting(10 * within),
    [bucket(`${2 * limit}`)]: counting(1000),
    [bucket("+Inf")]: counting(1000),
  });
  return [
    {
      given: `${percentile} % of requests take no longer than ${limit} s`,
      series: of(percentile),
      atMinutes,
    },
    {
      given: `only half of the requests take no longer than ${limit} s`,
      series: of(50),
      // Prometheus supposes that requests are spread evenly over a bucket.
      fires: {
        labels: { service: "order-service" },
        value: `${Math.round(1000 * limit * (1 + (percentile - 50) / 50))}ms`,
      },
      atMinutes,
    },
  ];
}

function readiness(minutes: number): Trial[] {
  const probe = (instance: string) =>
    `probe_success{job="readiness", service="order-service", instance="${instance}"}`;
  const quarters = 4 * minutes;
  return [
    {
      given: "a service was away for less",
      series: { [probe("a")]: `0x${quarters - 1} 1x100` },
      atMinutes: minutes + 1,
    },
    {
      given: "a service has been away for so long",
      series: { [probe("a")]: `1x4 0x100` },
      fires: { labels: { service: "order-service" }, value: "" },
      atMinutes: minutes + 3,
    },
  ];
}

/** Silent at the limit, firing 1 s above it. */
function aboveSeconds(
  metric: string,
  labels: Readonly<Record<string, string>>,
  limit: number,
  named = labels,
): Trial[] {
  const series = `${metric}{service="${labels.service}", instance="one"}`;
  return [
    { given: `${limit} s`, series: { [series]: staying(limit) }, atMinutes: 5 },
    {
      given: `${limit + 1} s`,
      series: { [series]: staying(limit + 1) },
      fires: { labels: named, value: humanSeconds(limit + 1) },
      atMinutes: 5,
    },
  ];
}

/** As Prometheus' humanizeDuration writes whole seconds. */
function humanSeconds(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return `${hours}h ${minutes}m ${rest}s`;
  return minutes > 0 ? `${minutes}m ${rest}s` : `${rest}s`;
}
