import type { IAuthorizationPolicy } from "@kubernetes-models/istio/security.istio.io/v1";
import type { IPeerAuthentication } from "@kubernetes-models/istio/security.istio.io/v1beta1";
import { cluster, ports } from "../choices.ts";
import { type GeneratedFile, header } from "../generated-file.ts";
import type { Operation } from "../read-facts.ts";
import { callersOf, livePath, readyPath, type Workload } from "../workloads.ts";
import { type YamlDocument, yamlText } from "../yaml-text.ts";
import { labelsOfShop, selectorOf } from "./labels.ts";
import { withNamespace } from "./network-policies.ts";

const folder = "deploy/kubernetes/istio";

/** The same graph once more, for a mesh: by who somebody is, and by operation. */
export function istioFiles(workloads: readonly Workload[]): GeneratedFile[] {
  const file = (name: string, what: string, ...documents: readonly YamlDocument[]) => ({
    path: `${folder}/${name}`,
    text: yamlText(header(what), ...documents),
  });
  return [
    file(
      "kustomization.yaml",
      "Istio 1.22 or newer, which knows {*} in paths, for overlays that run in a mesh.",
      kustomization,
    ),
    file("peer-authentication.yaml", "Nobody talks to the shop without a certificate of the mesh.", {
      value: strict,
    }),
    file(
      "authorization-policies.yaml",
      "Who may ask what of whom: by service account, method and path.",
      { value: allow("nobody", undefined), why: { "": "What is not allowed below answers 403." } },
      ...workloads.map((workload) => authorization(workload, workloads)),
    ),
    file(
      "network-policies.yaml",
      "What sidecars need beside the processes.",
      {
        value: withNamespace("mesh-control", cluster.mesh, { out: ports.meshControl }),
        why: { "": "Sidecars get certificates and configuration from Istio." },
      },
      {
        value: withNamespace("mesh-metrics", cluster.monitoring, { in: ports.meshMetrics }),
        why: {
          "": "Istio's agent hands on the metrics of its pod, for a Prometheus that has no certificate.",
        },
      },
    ),
  ];
}

const kustomization: YamlDocument = {
  value: {
    apiVersion: "kustomize.config.k8s.io/v1alpha1",
    kind: "Component",
    resources: ["peer-authentication.yaml", "authorization-policies.yaml", "network-policies.yaml"],
    patches: [
      {
        target: { kind: "Namespace", name: cluster.namespace },
        patch: "- op: add\n  path: /metadata/labels/istio-injection\n  value: enabled\n",
      },
    ],
  },
  why: {
    "/patches":
      "Pods get a sidecar. Since they may do nothing else as root, Istio has to be installed with its CNI plugin.",
  },
};

const strict: IPeerAuthentication = {
  apiVersion: "security.istio.io/v1beta1",
  kind: "PeerAuthentication",
  metadata: { name: "default", labels: labelsOfShop },
  spec: { mtls: { mode: "STRICT" } },
};

type Rules = NonNullable<NonNullable<IAuthorizationPolicy["spec"]>["rules"]>;

function authorization(workload: Workload, workloads: readonly Workload[]): YamlDocument {
  const rules: Rules = workload.isGateway
    ? [
        {
          from: [{ source: { namespaces: [cluster.ingress] } }],
          to: [{ operation: { ports: [`${ports.http}`] } }],
        },
      ]
    : callersOf(workload.name, workloads).map(({ caller, operations }) => ({
        from: [{ source: { principals: [principalOf(caller.name)] } }],
        to: [...grouped(operations), asksHealth(caller)],
      }));
  const monitoring = {
    from: [{ source: { namespaces: [cluster.monitoring] } }],
    to: [{ operation: { methods: ["GET"], paths: [readyPath], ports: [`${workload.probePort}`] } }],
  };
  return {
    value: allow(workload.name, [...rules, monitoring]),
    why: {
      [`/spec/rules/${rules.length}`]:
        "The blackbox exporter asks whether the service is ready. It has to be in the mesh too.",
      ...(workload.isGateway && {
        "/spec/rules/0":
          "The ingress controller has to be in the mesh; what it hands on is for the gateway to judge.",
      }),
    },
  };
}

const principalOf = (name: string) => `cluster.local/ns/${cluster.namespace}/sa/${name}`;

/** What a caller shows of its dependencies in its own health: service-kit's clients ask whether they live, the gateway whether they are ready. */
const asksHealth = ({ isGateway }: Workload) => ({
  operation: { methods: ["GET"], paths: [isGateway ? readyPath : livePath] },
});

/** One rule for each method, in the order of first use. */
function grouped(operations: readonly Operation[]) {
  const methods = [...new Set(operations.map(({ method }) => method))];
  return methods.map((method) => ({
    operation: {
      methods: [method],
      paths: operations
        .filter((operation) => operation.method === method)
        .map(({ path }) => templateOf(path)),
    },
  }));
}

/** `/api/v1/orders/{orderId}` is `/api/v1/orders/{*}` to Istio: one part of a path, whatever it is. */
const templateOf = (path: string) => path.replaceAll(/\{[^}]+\}/g, "{*}");

function allow(name: string, rules: Rules | undefined): IAuthorizationPolicy {
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name, labels: labelsOfShop },
    spec: rules ? { selector: selectorOf(name), action: "ALLOW", rules } : {},
  };
}
