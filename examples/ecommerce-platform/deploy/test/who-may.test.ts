import path from "node:path";
import { readContract } from "@speckit/service-kit";
import { describe, expect, test } from "vitest";
import { allowed, allowedOperations, drawnCalls } from "./support/graph.ts";
import type { AuthorizationManifest, NetworkPolicyManifest } from "./support/manifests.ts";
import { filesBelow, platformRoot, readYaml } from "./support/platform.ts";

const services = filesBelow("services", "contracts/api-spec.yaml").map((file) => file.split("/")[1] ?? "");
const throughGateway = services.map((name) => `gateway -> ${name}`);
const calls = [...drawnCalls(), ...throughGateway].map((call) => `${call}:8080`);
const base = readYaml<NetworkPolicyManifest>("deploy/kubernetes/base/network-policies.yaml");

describe("connections", () => {
  test("nobody may open any but those that are allowed", () => {
    expect(base[0]?.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  test("those who call may, as docs/ARCHITECTURE.md draws it, and nobody else", () => {
    const opened = allowed(base, "egress").filter((each) => !/namespace|anybody/.test(each));
    expect(opened).toEqual([...calls].sort());
  });

  test("whoever may open one is also let in; clients come through the ingress, and Prometheus asks everybody", () => {
    const monitored = services.map((name) => `namespace monitoring -> ${name}:8080`);
    expect(allowed(base, "ingress")).toEqual(
      [
        ...calls,
        "namespace ingress-nginx -> gateway:8080",
        ...monitored,
        "namespace monitoring -> gateway:8081",
      ].sort(),
    );
  });

  test("everybody may ask for addresses and tell their traces", () => {
    const rest = allowed(base, "egress").filter((each) => /namespace|anybody/.test(each));
    const traces = [...services, "gateway"].map((name) => `${name} -> namespace monitoring:4318`);
    expect(rest).toEqual([...traces, ...Array(2).fill("anybody -> namespace kube-system:53")].sort());
  });

  const needed = [
    ...services.flatMap((name) => [`${name} -> postgresql:5432`, `${name} -> rabbitmq:5672`]),
    "auth-service -> redis:6379",
    "notification-service -> mailpit:1025",
  ].sort();

  test("servers of a development cluster are reached by those that need them", () => {
    const development = readYaml<NetworkPolicyManifest>(
      "deploy/kubernetes/overlays/development/network-policies.yaml",
    );
    expect(allowed(development, "egress")).toEqual(needed);
    expect(allowed(development, "ingress")).toEqual(needed);
  });

  test("servers of production are reached by the same, where they are", () => {
    const production = readYaml<NetworkPolicyManifest>(
      "deploy/kubernetes/overlays/production/network-policies.yaml",
    );
    const elsewhere = needed.map((each) => each.replace(/\w+(?=:)/, "10.20.0.0/24").replace(":1025", ":587"));
    expect(allowed(production, "egress")).toEqual(elsewhere.sort());
  });
});

describe("operations in a mesh", () => {
  const policies = readYaml<AuthorizationManifest>("deploy/kubernetes/istio/authorization-policies.yaml");

  test("nobody may ask anything but what is allowed", () => {
    expect(policies[0]?.spec).toEqual({});
  });

  test.each([
    {
      service: "auth-service",
      callers: ["inventory-service", "notification-service", "order-service", "user-service"],
      may: ["GET /api/v1/auth/jwks", "POST /api/v1/auth/validate"],
    },
    { service: "inventory-service", callers: ["order-service"], may: ["GET /api/v1/products"] },
    { service: "user-service", callers: ["order-service"], may: ["GET /api/v1/users/{*}"] },
    { service: "order-service", callers: [], may: [] },
    { service: "notification-service", callers: [], may: [] },
  ])("$service is asked by services for what they name, and whether it lives", ({
    service,
    callers,
    may,
  }) => {
    const asked = allowedOperations(policies, service).filter((each) => !/^(?:gateway|namespace)/.test(each));
    expect(asked).toEqual(
      callers.flatMap((caller) => [...may, "GET /health/live"].map((each) => `${caller}: ${each}`)),
    );
  });

  test.each(
    services,
  )("the gateway may ask %s for every operation of its contract, and whether it is ready", (service) => {
    const contract = readContract(
      path.join(platformRoot, "services", service, "contracts", "api-spec.yaml"),
      service,
    );
    const operations = [...contract.operations.values()]
      .filter((operation) => operation.path.startsWith("/api/"))
      .map((operation) => `gateway: ${operation.method} ${operation.path.replaceAll(/\{\w+\}/g, "{*}")}`);
    const asked = allowedOperations(policies, service).filter((each) => each.startsWith("gateway"));
    expect(asked.sort()).toEqual([...operations, "gateway: GET /health/ready"].sort());
  });

  test.each([
    ...services,
    "gateway",
  ])("whoever watches may ask %s whether it is ready, and nothing else", (service) => {
    const asked = allowedOperations(policies, service).filter((each) =>
      each.startsWith("namespace monitoring"),
    );
    expect(asked).toEqual(["namespace monitoring: GET /health/ready"]);
  });
});
