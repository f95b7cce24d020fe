import type {
  INetworkPolicy,
  INetworkPolicyEgressRule,
  INetworkPolicyIngressRule,
  INetworkPolicyPeer,
} from "kubernetes-models/networking.k8s.io/v1";
import { cluster, ports } from "../choices.ts";
import { type Server, serversOf } from "../environment.ts";
import { callersOf, type Workload } from "../workloads.ts";
import type { YamlDocument } from "../yaml-text.ts";
import { labelsOfShop, namespaceSelectorOf, selectorOf } from "./labels.ts";

/** Who may talk to whom: nobody, then names, then exactly what the graph of the platform says. */
export function networkPolicies(workloads: readonly Workload[]): YamlDocument[] {
  return [
    {
      value: policy("default-deny", {}, { ingress: [], egress: [] }),
      why: { "": "What is not allowed below does not happen." },
    },
    { value: policy("dns", {}, { egress: [dns] }), why: { "": "Everybody may ask for addresses." } },
    ...workloads.map((workload) => ({
      value: policy(workload.name, selectorOf(workload.name), {
        ingress: ingressOf(workload, workloads),
        egress: egressOf(workload),
      }),
      why: { "": whyOf(workload, workloads) },
    })),
  ];
}

const tcp = (port: number) => ({ protocol: "TCP" as const, port });
const pods = (name: string): INetworkPolicyPeer => ({ podSelector: selectorOf(name) });
const inNamespace = (name: string): INetworkPolicyPeer => ({ namespaceSelector: namespaceSelectorOf(name) });

const dns: INetworkPolicyEgressRule = {
  to: [
    {
      namespaceSelector: namespaceSelectorOf("kube-system"),
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [{ protocol: "UDP", port: 53 }, tcp(53)],
};

function ingressOf(workload: Workload, workloads: readonly Workload[]): INetworkPolicyIngressRule[] {
  const callers = callersOf(workload.name, workloads).map(({ caller }) => pods(caller.name));
  const from = workload.isGateway ? [inNamespace(cluster.ingress)] : callers;
  return [
    ...(from.length > 0 ? [{ from, ports: [tcp(ports.http)] }] : []),
    { from: [inNamespace(cluster.monitoring)], ports: [tcp(workload.probePort)] },
  ];
}

function egressOf({ calls }: Workload): INetworkPolicyEgressRule[] {
  return [
    ...(calls.length > 0 ? [{ to: calls.map(({ to }) => pods(to)), ports: [tcp(ports.http)] }] : []),
    { to: [inNamespace(cluster.monitoring)], ports: [tcp(ports.traces)] },
  ];
}

function whyOf(workload: Workload, workloads: readonly Workload[]): string {
  const { name, isGateway, calls } = workload;
  const callers = isGateway ? ["clients"] : callersOf(name, workloads).map(({ caller }) => caller.name);
  const called = calls.map(({ to }) => to);
  return `${name} is called by ${listed(callers)}, and calls ${listed(called)}; Prometheus asks it, and it tells its traces.`;
}

const listed = (names: readonly string[]) => (names.length > 0 ? names.join(", ") : "nobody");

const portOf: Readonly<Record<Server, number>> = {
  postgresql: ports.postgresql,
  rabbitmq: ports.rabbitmq,
  redis: ports.redis,
  mailpit: ports.smtp,
};

/** Lets each process reach the servers that its variables name, wherever `at` says they are. */
export function towardsServers(
  workloads: readonly Workload[],
  at: (server: Server) => INetworkPolicyPeer,
  portAt: (server: Server) => number = (server) => portOf[server],
): YamlDocument[] {
  return workloads.flatMap((workload) => {
    const needed = serversOf(workload);
    if (needed.length === 0) return [];
    const egress = needed.map((server) => ({ to: [at(server)], ports: [tcp(portAt(server))] }));
    const value = policy(`${workload.name}-servers`, selectorOf(workload.name), { egress });
    return [{ value, why: { "": `${workload.name} keeps and sends things: ${needed.join(", ")}.` } }];
  });
}

/** Lets a server be reached by those that need it, and by nobody else. */
export function towardsServer(server: Server, workloads: readonly Workload[]): YamlDocument {
  const from = workloads
    .filter((workload) => serversOf(workload).includes(server))
    .map(({ name }) => pods(name));
  return { value: policy(server, selectorOf(server), { ingress: [{ from, ports: [tcp(portOf[server])] }] }) };
}

/** Lets all pods of the namespace reach a port in another namespace, or be reached from there. */
export function withNamespace(
  name: string,
  namespace: string,
  { out, in: inwards }: { readonly out?: number; readonly in?: number },
): INetworkPolicy {
  return policy(
    name,
    {},
    {
      ...(inwards !== undefined && { ingress: [{ from: [inNamespace(namespace)], ports: [tcp(inwards)] }] }),
      ...(out !== undefined && { egress: [{ to: [inNamespace(namespace)], ports: [tcp(out)] }] }),
    },
  );
}

function policy(
  name: string,
  podSelector: NonNullable<INetworkPolicy["spec"]>["podSelector"],
  rules: {
    readonly ingress?: INetworkPolicyIngressRule[];
    readonly egress?: INetworkPolicyEgressRule[];
  },
): INetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, labels: labelsOfShop },
    spec: {
      podSelector,
      policyTypes: [
        ...(rules.ingress ? ["Ingress" as const] : []),
        ...(rules.egress ? ["Egress" as const] : []),
      ],
      ...(rules.ingress && rules.ingress.length > 0 && { ingress: rules.ingress }),
      ...(rules.egress && rules.egress.length > 0 && { egress: rules.egress }),
    },
  };
}
