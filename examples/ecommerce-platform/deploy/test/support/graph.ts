import type { INetworkPolicyPeer } from "kubernetes-models/networking.k8s.io/v1";
import type { AuthorizationManifest, NetworkPolicyManifest } from "./manifests.ts";
import { readText } from "./platform.ts";

/** `order-service -> auth-service`, for each arrow that a person drew in docs/ARCHITECTURE.md, and from the gateway to all. */
export function drawnCalls(): string[] {
  const drawing = /```mermaid\ngraph LR\n(.*?)```/s.exec(readText("docs/ARCHITECTURE.md"))?.[1] ?? "";
  const arrows = [...drawing.matchAll(/^\s*([\w-]+) -->\|[^|]*\| ([\w-]+)$/gm)].map(
    ([, from, to]) => `${from} -> ${to}`,
  );
  return [...new Set(arrows)].sort();
}

const nameLabel = "app.kubernetes.io/name";
const namespaceLabel = "kubernetes.io/metadata.name";

/** Who a peer is: a kind of process, a namespace, or addresses. */
function nameOf({ podSelector, namespaceSelector, ipBlock }: INetworkPolicyPeer): string {
  const pod = podSelector?.matchLabels?.[nameLabel];
  const namespace = namespaceSelector?.matchLabels?.[namespaceLabel];
  return pod ?? (namespace ? `namespace ${namespace}` : (ipBlock?.cidr ?? "anybody"));
}

/** `order-service -> auth-service:8080` for each connection that policies allow on one side. */
export function allowed(policies: readonly NetworkPolicyManifest[], side: "ingress" | "egress"): string[] {
  return policies
    .flatMap(({ spec }) => {
      const own = spec?.podSelector?.matchLabels?.[nameLabel] ?? "anybody";
      const rules = side === "ingress" ? (spec?.ingress ?? []) : (spec?.egress ?? []);
      return rules.flatMap((rule) => {
        const peers = ("from" in rule ? rule.from : "to" in rule ? rule.to : undefined) ?? [];
        return peers.flatMap((peer) =>
          (rule.ports ?? []).map(({ port }) =>
            side === "ingress" ? `${nameOf(peer)} -> ${own}:${port}` : `${own} -> ${nameOf(peer)}:${port}`,
          ),
        );
      });
    })
    .sort();
}

/** `order-service: GET /api/v1/products/{*}` for each operation that somebody may ask of a service. */
export function allowedOperations(policies: readonly AuthorizationManifest[], service: string): string[] {
  const rules = policies.find(({ metadata }) => metadata.name === service)?.spec?.rules ?? [];
  return rules.flatMap(({ from = [], to = [] }) => {
    const who = from.flatMap(({ source }) => [
      ...(source?.principals ?? []).map((principal) => principal.split("/").at(-1)),
      ...(source?.namespaces ?? []).map((namespace) => `namespace ${namespace}`),
    ]);
    const what = to.flatMap(({ operation }) =>
      (operation?.methods ?? []).flatMap((method) =>
        (operation?.paths ?? []).map((path) => `${method} ${path}`),
      ),
    );
    return who.flatMap((caller) => what.map((asked) => `${caller}: ${asked}`));
  });
}
