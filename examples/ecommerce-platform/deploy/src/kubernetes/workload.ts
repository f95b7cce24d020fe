import type { IDeployment } from "kubernetes-models/apps/v1";
import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1";
import type { IContainer, IProbe, IService, IServiceAccount } from "kubernetes-models/v1";
import { ports, sizeOf, user } from "../choices.ts";
import { inCluster, variablesOf } from "../environment.ts";
import { livePath, readyPath, type Workload } from "../workloads.ts";
import type { YamlDocument } from "../yaml-text.ts";
import { labelsOf, selectorOf } from "./labels.ts";

/** Everything that runs one kind of process in a cluster. */
export function workloadDocuments(workload: Workload): YamlDocument[] {
  return [
    {
      value: serviceAccount(workload),
      why: { "": "Who the process is to the mesh; it has no business with Kubernetes itself." },
    },
    { value: deployment(workload), why: whyDeployment },
    { value: service(workload) },
    { value: budget(workload), why: { "/spec/maxUnavailable": "Nodes are emptied one instance at a time." } },
  ];
}

const container = "/spec/template/spec/containers/0";
const whyDeployment = {
  "/spec/strategy": "A new instance is ready before an old one goes.",
  "/spec/template/metadata/annotations":
    "For Prometheus. In a mesh Istio changes port and path to its own, where it hands them on.",
  "/spec/template/spec/enableServiceLinks": "The process is told nothing but what it asks for.",
  "/spec/template/spec/terminationGracePeriodSeconds":
    "5 s until nobody sends requests any more, 10 s to finish them, and time to spare.",
  "/spec/template/spec/topologySpreadConstraints":
    "Spread over zones and nodes, but better crowded than not at all.",
  [`${container}/startupProbe`]:
    "It waits up to 30 s for its database, then applies migrations; until then it does not listen.",
  [`${container}/livenessProbe`]: "Asks the process alone: a restart mends no database.",
  [`${container}/readinessProbe`]: "Asks its database too, and answers within 1 s.",
  [`${container}/lifecycle`]: "Addresses are forgotten while this sleeps; until then requests still arrive.",
};

function serviceAccount({ name }: Workload): IServiceAccount {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name, labels: labelsOf(name) },
    automountServiceAccountToken: false,
  };
}

function deployment(workload: Workload): IDeployment {
  const { name, probePort } = workload;
  const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway" as const,
    labelSelector: selectorOf(name),
    matchLabelKeys: ["pod-template-hash"],
  });
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, labels: labelsOf(name) },
    spec: {
      replicas: 2,
      revisionHistoryLimit: 5,
      selector: selectorOf(name),
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: {
          labels: labelsOf(name),
          annotations: {
            "prometheus.io/scrape": "true",
            "prometheus.io/port": `${probePort}`,
            "prometheus.io/path": "/metrics",
          },
        },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: user,
            runAsGroup: user,
            seccompProfile: { type: "RuntimeDefault" },
          },
          topologySpreadConstraints: [
            spread("topology.kubernetes.io/zone"),
            spread("kubernetes.io/hostname"),
          ],
          containers: [containerOf(workload)],
        },
      },
    },
  };
}

function containerOf(workload: Workload): IContainer {
  const { name, isGateway } = workload;
  const { cpu, memory, memoryLimit } = sizeOf(name);
  const secrets = variablesOf(workload, inCluster).filter(({ secret }) => secret);
  const probe = (path: string, rest: Partial<IProbe>): IProbe => ({
    httpGet: { path, port: isGateway ? "status" : "http" },
    timeoutSeconds: 2,
    ...rest,
  });
  return {
    name,
    image: `shop/${name}:dev`,
    imagePullPolicy: "IfNotPresent",
    ports: [
      { name: "http", containerPort: ports.http },
      ...(isGateway ? [{ name: "status", containerPort: ports.status }] : []),
    ],
    envFrom: [{ configMapRef: { name } }],
    ...(secrets.length > 0 && {
      env: secrets.map(({ name: key }) => ({ name: key, valueFrom: { secretKeyRef: { name, key } } })),
    }),
    resources: {
      requests: { cpu, memory },
      limits: { cpu: "1", memory: memoryLimit },
    },
    startupProbe: probe(livePath, { periodSeconds: 2, failureThreshold: 45 }),
    livenessProbe: probe(livePath, { periodSeconds: 10, failureThreshold: 3 }),
    readinessProbe: probe(readyPath, { periodSeconds: 5, failureThreshold: 2 }),
    lifecycle: { preStop: { sleep: { seconds: 5 } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  };
}

function service({ name, isGateway }: Workload): IService {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, labels: labelsOf(name) },
    spec: {
      selector: selectorOf(name).matchLabels,
      ports: [
        { name: "http", port: ports.http, targetPort: "http", appProtocol: "http" },
        ...(isGateway
          ? [{ name: "http-status", port: ports.status, targetPort: "status", appProtocol: "http" }]
          : []),
      ],
    },
  };
}

function budget({ name }: Workload): IPodDisruptionBudget {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name, labels: labelsOf(name) },
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: selectorOf(name) },
  };
}
