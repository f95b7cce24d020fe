import { alertTests } from "./alert-tests.ts";
import { alertRules } from "./alerts.ts";
import { composeFile } from "./compose.ts";
import { dashboard } from "./dashboard.ts";
import { dockerfile, dockerIgnore } from "./dockerfile.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { initPostgresql } from "./init-postgresql.ts";
import { baseFiles } from "./kubernetes/base.ts";
import { developmentFiles } from "./kubernetes/development.ts";
import { istioFiles } from "./kubernetes/istio.ts";
import { productionFiles } from "./kubernetes/production.ts";
import { serverFiles } from "./kubernetes/servers.ts";
import { prometheusFiles } from "./prometheus.ts";
import type { Facts } from "./read-facts.ts";
import { workloadsOf } from "./workloads.ts";

/** Folders below which every file is written by us, so that one which nobody writes any more is seen. */
export const ownFolders = [
  "deploy/kubernetes",
  "deploy/servers",
  "deploy/prometheus",
  "deploy/grafana/dashboards",
];

/** All files that follow from what the platform says of itself, in the order of their paths. */
export function deployFiles(facts: Facts): GeneratedFile[] {
  const workloads = workloadsOf(facts);
  const files = [
    ...workloads.map((workload) => dockerfile(workload, facts)),
    dockerIgnore(),
    composeFile(workloads.filter(({ isGateway }) => !isGateway)),
    initPostgresql(workloads),
    ...serverFiles(),
    ...prometheusFiles(workloads),
    alertRules(facts),
    alertTests(facts),
    dashboard(workloads, facts),
    ...baseFiles(workloads),
    ...developmentFiles(workloads),
    ...productionFiles(workloads),
    ...istioFiles(workloads),
  ];
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}
