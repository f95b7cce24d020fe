import type { INamespace } from "kubernetes-models/v1";
import { cluster } from "../choices.ts";
import { inCluster, variablesOf } from "../environment.ts";
import { type GeneratedFile, header } from "../generated-file.ts";
import type { Workload } from "../workloads.ts";
import { yamlText } from "../yaml-text.ts";
import { labelsOfShop } from "./labels.ts";
import { networkPolicies } from "./network-policies.ts";
import { workloadDocuments } from "./workload.ts";

/** What is the same in every cluster. */
export function baseFiles(workloads: readonly Workload[]): GeneratedFile[] {
  const file = (name: string, text: string) => ({ path: `deploy/kubernetes/base/${name}`, text });
  return [
    file("kustomization.yaml", kustomization(workloads)),
    file("namespace.yaml", yamlText(header("Where the shop runs."), { value: namespace, why: whyNamespace })),
    ...workloads.map((workload) =>
      file(
        `${workload.name}.yaml`,
        yamlText(header(`${workload.name} in a cluster.`), ...workloadDocuments(workload)),
      ),
    ),
    file(
      "network-policies.yaml",
      yamlText(header("Who may open a connection to whom."), ...networkPolicies(workloads)),
    ),
  ];
}

const namespace: INamespace = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name: cluster.namespace,
    labels: { ...labelsOfShop, "pod-security.kubernetes.io/enforce": "restricted" },
  },
};
const whyNamespace = {
  "/metadata/labels/pod-security.kubernetes.io~1enforce": "Kubernetes refuses pods that could become root.",
};

function kustomization(workloads: readonly Workload[]): string {
  const value = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    namespace: cluster.namespace,
    resources: ["namespace.yaml", ...workloads.map(({ name }) => `${name}.yaml`), "network-policies.yaml"],
    configMapGenerator: workloads.map((workload) => ({
      name: workload.name,
      literals: variablesOf(workload, inCluster)
        .filter(({ secret }) => !secret)
        .map(({ name, value: content }) => `${name}=${content}`),
    })),
  };
  const why = {
    "/configMapGenerator":
      "What is no secret. A changed value gives a new name, so that pods are replaced. Secrets have the names of their services; README.md lists what is in them.",
  };
  return yamlText(header("What is the same in every cluster."), { value, why });
}
