import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import type { IIngress } from "kubernetes-models/networking.k8s.io/v1";
import { cluster, ports, release, sizeOf } from "../choices.ts";
import { type GeneratedFile, header } from "../generated-file.ts";
import type { Workload } from "../workloads.ts";
import { type YamlDocument, yamlText } from "../yaml-text.ts";
import { labelsOf } from "./labels.ts";
import { towardsServers } from "./network-policies.ts";

/** The shop for customers: in a mesh, growing with its load, on servers that others run. */
export function productionFiles(workloads: readonly Workload[]): GeneratedFile[] {
  const file = (name: string, what: string, ...documents: readonly YamlDocument[]) => ({
    path: `deploy/kubernetes/overlays/production/${name}`,
    text: yamlText(header(what), ...documents),
  });
  const servers = towardsServers(
    workloads,
    () => ({ ipBlock: { cidr: cluster.serversNetwork } }),
    (server) => productionPorts[server],
  );
  return [
    file("kustomization.yaml", "The shop for customers.", kustomization(workloads)),
    file(
      "autoscaling.yaml",
      "How many instances there are.",
      ...workloads.map((workload) => ({ value: autoscaler(workload) })),
    ),
    file("ingress.yaml", "The way in from outside.", { value: ingress, why: whyIngress }),
    file("network-policies.yaml", "The way to the servers, which are not in the cluster.", ...servers),
  ];
}

const productionPorts = {
  postgresql: ports.postgresql,
  rabbitmq: ports.rabbitmq,
  redis: ports.redis,
  mailpit: 587,
} as const;

function kustomization(workloads: readonly Workload[]): YamlDocument {
  return {
    value: {
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      namespace: cluster.namespace,
      resources: ["../../base", "autoscaling.yaml", "ingress.yaml", "network-policies.yaml"],
      components: ["../../istio"],
      images: workloads.map(({ name }) => ({
        name: `shop/${name}`,
        newName: `${release.registry}/${name}`,
        newTag: release.version,
      })),
      patches: [{ target: { kind: "Deployment" }, patch: "- op: remove\n  path: /spec/replicas\n" }],
    },
    why: {
      "/components": "A cluster without Istio leaves this out.",
      "/patches": "The autoscalers decide; a number here would undo that with every deployment.",
    },
  };
}

function autoscaler({ name }: Workload): IHorizontalPodAutoscaler {
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: { name, labels: labelsOf(name) },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
      minReplicas: 2,
      maxReplicas: sizeOf(name).most,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
        },
      ],
    },
  };
}

const ingress: IIngress = {
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: {
    name: "gateway",
    labels: labelsOf("gateway"),
    annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "3m" },
  },
  spec: {
    ingressClassName: "nginx",
    tls: [{ hosts: [cluster.host], secretName: "gateway-tls" }],
    rules: [
      {
        host: cluster.host,
        http: {
          paths: [
            {
              path: "/api/",
              pathType: "Prefix",
              backend: { service: { name: "gateway", port: { name: "http" } } },
            },
          ],
        },
      },
    ],
  },
};
const whyIngress = {
  "/metadata/annotations":
    "Above the 2 MB of an avatar, so that the gateway is the one that refuses what is larger.",
};
