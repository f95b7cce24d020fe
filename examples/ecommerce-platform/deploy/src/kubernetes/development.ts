import { cluster } from "../choices.ts";
import { inCluster, servers, variablesOf } from "../environment.ts";
import { type GeneratedFile, header } from "../generated-file.ts";
import type { Workload } from "../workloads.ts";
import { type YamlDocument, yamlText } from "../yaml-text.ts";
import { selectorOf } from "./labels.ts";
import { towardsServer, towardsServers } from "./network-policies.ts";

/** The shop for those who work on it: one instance of each, with servers of its own and products to buy. */
export function developmentFiles(workloads: readonly Workload[]): GeneratedFile[] {
  const file = (name: string, what: string, ...documents: readonly YamlDocument[]) => ({
    path: `deploy/kubernetes/overlays/development/${name}`,
    text: yamlText(header(what), ...documents),
  });
  return [
    file("kustomization.yaml", "The shop for those who work on it.", kustomization(workloads)),
    file(
      "network-policies.yaml",
      "The way to the servers, which are in the same namespace.",
      ...towardsServers(workloads, (server) => ({ podSelector: selectorOf(server) })),
      ...Object.values(servers).map((server) => towardsServer(server, workloads)),
    ),
  ];
}

function kustomization(workloads: readonly Workload[]): YamlDocument {
  const withSecrets = workloads.filter((workload) =>
    variablesOf(workload, inCluster).some(({ secret }) => secret),
  );
  const secretFile = (name: string) => ({ name, envs: [`secrets/${name}.env`] });
  return {
    value: {
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      namespace: cluster.namespace,
      resources: ["../../base", "../../../servers", "network-policies.yaml"],
      replicas: workloads.map(({ name }) => ({ name, count: 1 })),
      configMapGenerator: workloads.flatMap((workload) => {
        const literals = differing(workload);
        return literals.length > 0 ? [{ name: workload.name, behavior: "merge", literals }] : [];
      }),
      secretGenerator: [...withSecrets.map(({ name }) => secretFile(name)), secretFile("servers")],
    },
    why: { "/secretGenerator": "Files of passwords, which npm run secrets makes; git does not know them." },
  };
}

/** Variables that are others than in production. */
function differing(workload: Workload): string[] {
  const usual = new Map(variablesOf(workload, inCluster).map(({ name, value }) => [name, value]));
  return variablesOf(workload, { ...inCluster, demo: true })
    .filter(({ name, value }) => usual.get(name) !== value)
    .map(({ name, value }) => `${name}=${value}`);
}
