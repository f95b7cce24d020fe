import {
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardBuilder,
  RowBuilder,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatPanel } from "@grafana/grafana-foundation-sdk/stat";
import { TextMode, PanelBuilder as TextPanel } from "@grafana/grafana-foundation-sdk/text";
import { PanelBuilder as TimePanel } from "@grafana/grafana-foundation-sdk/timeseries";
import type { GeneratedFile } from "./generated-file.ts";
import type { EventFlow, Facts } from "./read-facts.ts";
import type { Workload } from "./workloads.ts";

const datasource = { type: "prometheus", uid: "prometheus" };
const window = "$__rate_interval";

/** The dashboard of the shop: orders, then each process by its operations, then what waits between them. */
export function dashboard(workloads: readonly Workload[], facts: Facts): GeneratedFile {
  const limit = (measure: "Latency" | "Outbox" | "Error rate" | "Pending orders", name: string) =>
    facts.levels.get(measure)?.numbers[name] ?? Number.NaN;
  const levels: Levels = {
    latencySeconds: limit("Latency", "milliseconds") / 1000,
    percentile: limit("Latency", "percentile"),
    errorShare: limit("Error rate", "percent") / 100,
    outboxSeconds: 60 * limit("Outbox", "minutes"),
    pendingSeconds: 60 * limit("Pending orders", "minutes"),
  };
  const builder = new DashboardBuilder("The shop")
    .uid("shop")
    .description(
      "Written by deploy/src/write-deploy.ts from contracts, specs and constitution. Red lines are its Service Levels.",
    )
    .tags(["shop"])
    .time({ from: "now-1h", to: "now" })
    .refresh("30s")
    .readonly();
  addOrders(builder, levels);
  for (const workload of workloads) addRequests(builder, workload, levels);
  addEvents(builder, facts.events, levels);
  addMachines(builder);
  return {
    path: "deploy/grafana/dashboards/shop.json",
    text: `${JSON.stringify(builder.build(), null, 2)}\n`,
  };
}

interface Levels {
  readonly latencySeconds: number;
  readonly percentile: number;
  readonly errorShare: number;
  readonly outboxSeconds: number;
  readonly pendingSeconds: number;
}

function addOrders(builder: DashboardBuilder, { pendingSeconds }: Levels): void {
  builder
    .withRow(new RowBuilder("Orders"))
    .withPanel(
      panel("Orders by status", "How many orders reach each status.", "ops", 12).withTarget(
        query(`sum by (status) (rate(orders_total[${window}]))`, "{{status}}"),
      ),
    )
    .withPanel(
      new StatPanel()
        .title("Pending")
        .description("Orders that wait for stock or payment.")
        .datasource(datasource)
        .height(8)
        .span(4)
        .withTarget(query("max(orders_pending)", "pending")),
    )
    .withPanel(
      withLimit(panel("Oldest pending order", "Its age.", "s", 8), pendingSeconds).withTarget(
        query("max(orders_pending_oldest_seconds)", "oldest"),
      ),
    );
}

/** Rate, errors and duration by operation. Operations are named, so that probes are not among them. */
function addRequests(builder: DashboardBuilder, { name, operations }: Workload, levels: Levels): void {
  const ids = operations.map(({ operationId }) => operationId).sort();
  const of = `service="${name}", operation=~"${ids.join("|")}"`;
  const count = (more = "") =>
    `sum by (operation) (rate(http_server_request_duration_seconds_count{${of}${more}}[${window}]))`;
  builder
    .withRow(new RowBuilder(name))
    .withPanel(
      panel("Requests", "Requests per second by operation.", "reqps", 8).withTarget(
        query(count(), "{{operation}}"),
      ),
    )
    .withPanel(
      withLimit(
        panel("Errors", "Share of requests answered 5xx.", "percentunit", 8),
        levels.errorShare,
      ).withTarget(query(`${count(', status=~"5.."')} / ${count()}`, "{{operation}}")),
    )
    .withPanel(
      withLimit(
        panel("Duration", `Percentile ${levels.percentile} by operation.`, "s", 8),
        levels.latencySeconds,
      ).withTarget(
        query(
          `histogram_quantile(${levels.percentile / 100}, sum by (operation, le) (rate(http_server_request_duration_seconds_bucket{${of}}[${window}])))`,
          "{{operation}}",
        ),
      ),
    );
}

function addEvents(builder: DashboardBuilder, events: readonly EventFlow[], { outboxSeconds }: Levels): void {
  builder
    .withRow(new RowBuilder("Events"))
    .withPanel(
      withLimit(
        panel("Outbox", "Age of the oldest event that is not published.", "s", 8),
        outboxSeconds,
      ).withTarget(query("max by (service) (outbox_oldest_seconds)", "{{service}}")),
    )
    .withPanel(
      panel("Queues", "Messages that wait, by receiver.", "short", 8).withTarget(
        query('max by (consumer) (bus_queue_messages{state="waiting"})', "{{consumer}}"),
      ),
    )
    .withPanel(
      withLimit(
        panel("Dead letters", "Messages that could not be processed, by receiver.", "short", 8),
        1,
      ).withTarget(query('max by (consumer) (bus_queue_messages{state="dead"})', "{{consumer}}")),
    )
    .withPanel(
      panel("Published", "Events that went out to the bus.", "ops", 8).withTarget(
        query(`sum by (service) (rate(outbox_published_total[${window}]))`, "{{service}}"),
      ),
    )
    .withPanel(
      panel("Mails", "Tries to send a mail, by what came of them, and what waits.", "short", 8)
        .withTarget(query(`sum by (outcome) (rate(mail_tries_total[${window}]))`, "{{outcome}}"))
        .withTarget(query("max(mail_queue_depth)", "waiting", "B")),
    )
    .withPanel(
      new TextPanel()
        .title("Who receives what")
        .height(8)
        .span(8)
        .mode(TextMode.Markdown)
        .content(flowTable(events)),
    );
}

function flowTable(events: readonly EventFlow[]): string {
  const names = [...new Set(events.map(({ event }) => event))];
  const rows = names.map((name) => {
    const flows = events.filter(({ event }) => event === name);
    return `| ${name} | ${flows[0]?.from} | ${flows.map(({ to }) => to).join(", ")} |`;
  });
  return ["| Event | From | To |", "| --- | --- | --- |", ...rows].join("\n");
}

function addMachines(builder: DashboardBuilder): void {
  const calls = "http_client_request_duration_seconds_count";
  builder
    .withRow(new RowBuilder("Behind the requests"))
    .withPanel(
      panel(
        "Calls that fail",
        "Calls between services without an answer, by caller and called.",
        "reqps",
        8,
      ).withTarget(
        query(
          `sum by (service, target) (rate(${calls}{outcome="unavailable"}[${window}]))`,
          "{{service}} to {{target}}",
        ),
      ),
    )
    .withPanel(
      panel(
        "Waiting for a connection",
        "Callers without a connection to their database.",
        "short",
        8,
      ).withTarget(query('max by (service) (database_pool_connections{state="waiting"})', "{{service}}")),
    )
    .withPanel(
      panel("Event loop", "Share of time in which a process was busy.", "percentunit", 8).withTarget(
        query("max by (service) (nodejs_eventloop_utilization)", "{{service}}"),
      ),
    );
}

function panel(title: string, description: string, unit: string, span: number): TimePanel {
  return new TimePanel()
    .title(title)
    .description(description)
    .datasource(datasource)
    .unit(unit)
    .min(0)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .height(8)
    .span(span);
}

const query = (expr: string, legend: string, refId = "A") =>
  new DataqueryBuilder().refId(refId).expr(expr).legendFormat(legend).range();

/** Draws a line where the constitution alerts. */
function withLimit(of: TimePanel, limit: number): TimePanel {
  const steps: Threshold[] = [
    { value: null, color: "green" },
    { value: limit, color: "red" },
  ];
  return of
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps))
    .thresholdsStyle({ build: () => ({ mode: GraphThresholdsStyleMode.Line }) });
}
