import { cluster } from "./choices.ts";
import { type GeneratedFile, header } from "./generated-file.ts";
import { readyPath, type Workload } from "./workloads.ts";
import { type YamlDocument, yamlText } from "./yaml-text.ts";

const scrapes = {
  global: { scrape_interval: "15s", evaluation_interval: "15s" },
  rule_files: ["alerts.yml"],
};
const whyHonor =
  "Services label what they measure with their name; that stays, and `up` gets the same label from the target.";

/** Kong's own port for this (KONG_STATUS_LISTEN). */
const kong = { job_name: "kong", static_configs: [{ targets: ["kong:8100"] }] };

/** What Prometheus asks of whom: on one machine by name, in a cluster by what the pods say of themselves. */
export function prometheusFiles(workloads: readonly Workload[]): GeneratedFile[] {
  return [
    file(
      "prometheus.yml",
      "What Prometheus asks on one machine.",
      onOneMachine(workloads.filter(({ isGateway }) => !isGateway)),
    ),
    file(
      "prometheus.kubernetes.yml",
      `What Prometheus asks in a cluster, from the namespace ${cluster.monitoring}.`,
      inCluster(workloads),
    ),
    file("blackbox.yml", "How the blackbox exporter asks whether a service is ready.", {
      value: {
        modules: {
          ready: {
            prober: "http",
            timeout: "5s",
            http: { valid_status_codes: [200], preferred_ip_protocol: "ip4", follow_redirects: false },
          },
        },
      },
      why: {
        "/modules/ready/http/valid_status_codes": "A service that is not ready answers 503 and says why.",
      },
    }),
  ];
}

function file(name: string, what: string, document: YamlDocument): GeneratedFile {
  return { path: `deploy/prometheus/${name}`, text: yamlText(header(what), document) };
}

const addressOf = ({ name, probePort }: Workload, domain = "") => `${name}${domain}:${probePort}`;

function onOneMachine(workloads: readonly Workload[]): YamlDocument {
  return {
    value: {
      ...scrapes,
      scrape_configs: [
        {
          job_name: "shop",
          honor_labels: true,
          static_configs: workloads.map((workload) => ({
            targets: [addressOf(workload)],
            labels: { service: workload.name },
          })),
        },
        readiness(workloads, ""),
        kong,
      ],
    },
    why: { "/scrape_configs/0/honor_labels": whyHonor },
  };
}

function inCluster(workloads: readonly Workload[]): YamlDocument {
  const pod = (label: string) => `__meta_kubernetes_pod_${label}`;
  return {
    value: {
      ...scrapes,
      scrape_configs: [
        {
          job_name: "shop",
          honor_labels: true,
          kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [cluster.namespace] } }],
          relabel_configs: [
            { source_labels: [pod("annotation_prometheus_io_scrape")], regex: "true", action: "keep" },
            {
              source_labels: [pod("ip"), pod("annotation_prometheus_io_port")],
              separator: ":",
              target_label: "__address__",
            },
            {
              source_labels: [pod("annotation_prometheus_io_path")],
              regex: "(.+)",
              target_label: "__metrics_path__",
            },
            { source_labels: [pod("label_app_kubernetes_io_name")], target_label: "service" },
            { source_labels: [pod("name")], target_label: "instance" },
          ],
        },
        readiness(workloads, `.${cluster.namespace}`),
      ],
    },
    why: {
      "/scrape_configs/0/honor_labels": whyHonor,
      "/scrape_configs/0/relabel_configs/0":
        "Every container of a pod is a target; pods say by annotations which port is meant, and in a mesh Istio changes them to its own.",
    },
  };
}

/** Asked of the service, not of a pod: it is ready when any instance is. */
function readiness(workloads: readonly Workload[], domain: string) {
  return {
    job_name: "readiness",
    metrics_path: "/probe",
    params: { module: ["ready"] },
    static_configs: workloads.map((workload) => ({
      targets: [`http://${addressOf(workload, domain)}${readyPath}`],
      labels: { service: workload.name },
    })),
    relabel_configs: [
      { source_labels: ["__address__"], target_label: "__param_target" },
      { source_labels: ["__param_target"], target_label: "instance" },
      { target_label: "__address__", replacement: "blackbox-exporter:9115" },
    ],
  };
}
