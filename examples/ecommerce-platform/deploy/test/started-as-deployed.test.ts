import type { Environment, RunningService } from "@speckit/service-kit";
import { freePort } from "@speckit/service-kit/embedded";
import { freshDatabase } from "@speckit/service-kit/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ManifestVariables, manifestVariables } from "./support/manifest-variables.ts";
import { platformRoot, readText } from "./support/platform.ts";
import { recordedEnvironment } from "./support/recorded-environment.ts";

type Serve = (environment: Environment) => Promise<RunningService>;
const processes: readonly { name: string; folder: string; load: () => Promise<{ serve: Serve }> }[] = [
  { name: "auth-service", folder: "services/auth-service", load: () => import("@shop/auth-service") },
  {
    name: "inventory-service",
    folder: "services/inventory-service",
    load: () => import("@shop/inventory-service"),
  },
  {
    name: "notification-service",
    folder: "services/notification-service",
    load: () => import("@shop/notification-service"),
  },
  { name: "order-service", folder: "services/order-service", load: () => import("@shop/order-service") },
  { name: "user-service", folder: "services/user-service", load: () => import("@shop/user-service") },
  { name: "gateway", folder: "gateway", load: () => import("@shop/gateway") },
];

interface Started {
  readonly service: RunningService;
  readonly variables: ManifestVariables;
  readonly asked: ReadonlySet<string>;
  /** Where it answers probes. */
  readonly url: string;
}
const started = new Map<string, Started>();
const endings: (() => Promise<unknown>)[] = [];

/** Servers of the manifests are not here. Nothing answers at this address, at once. */
const nowhere = "127.0.0.1:1";

beforeAll(async () => {
  await Promise.all(processes.map(start));
});
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

/** Starts a process with the variables of its manifests by name; the values are those of this machine where they have to be. */
async function start({ name, folder, load }: (typeof processes)[number]): Promise<void> {
  const variables = manifestVariables(name, folder);
  const statusPort = name === "gateway" ? await freePort() : undefined;
  const database = variables.cluster.has("DATABASE_URL") ? await freshDatabase() : undefined;
  if (database) endings.push(() => database.drop());
  const here: Readonly<Record<string, string | undefined>> = {
    HOST: "127.0.0.1",
    PORT: "0",
    STATUS_PORT: `${statusPort}`,
    CONTRACTS_ROOT: platformRoot,
    DATABASE_URL: database?.url,
    AMQP_URL: `amqp://shop:secret@${nowhere}`,
    REDIS_URL: `redis://${nowhere}`,
    SMTP_URL: `smtp://${nowhere}`,
    AUTH_SECRET: "a secret of 32 bytes for this test",
    ADMIN_PASSWORD: "long enough for ada",
  };
  const named = [...variables.image, ...variables.cluster].map(([variable, value]) => [
    variable,
    here[variable] ?? value ?? "",
  ]);
  const { environment, asked } = recordedEnvironment({ ...Object.fromEntries(named), LOG_LEVEL: "silent" });
  const { serve } = await load();
  const service = await serve(environment);
  endings.push(() => service.stop());
  const url = statusPort === undefined ? service.url : `http://127.0.0.1:${statusPort}`;
  started.set(name, { service, variables, asked, url });
}

const of = (name: string): Started => {
  const found = started.get(name);
  if (!found) throw new Error(`${name} did not start.`);
  return found;
};

describe.each(processes)("$name", ({ name }) => {
  test("starts with what its image and its manifests give it", async () => {
    expect((await fetch(`${of(name).url}/health/live`)).status).toBe(200);
    expect((await fetch(`${of(name).url}/health/ready`)).status).toBe(200);
  });

  test("reads every variable that it is given", () => {
    const { variables, asked } = of(name);
    const given = [...variables.image.keys(), ...variables.cluster.keys(), ...variables.compose.keys()];
    // Node's packages read this one.
    expect(given.filter((variable) => variable !== "NODE_ENV" && !asked.has(variable))).toEqual([]);
  });

  test("is given the same by name on one machine and in a cluster, but for what is there to try", () => {
    const { compose, cluster } = of(name).variables;
    if (name === "gateway") return expect(compose.size).toBe(0);
    expect([...compose.keys()].filter((variable) => variable !== "SEED_DEMO")).toEqual(
      expect.arrayContaining([...cluster.keys()]),
    );
  });
});

describe("what is measured", () => {
  const kinds = /^# TYPE (\w+) (\w+)$/gm;
  const exposed = new Set<string>();
  let answers = "";
  beforeAll(async () => {
    for (const { name } of processes) {
      const text = await (await fetch(`${of(name).url}/metrics`)).text();
      answers += text;
      for (const [, metric = "", kind] of text.matchAll(kinds)) {
        exposed.add(metric);
        if (kind === "histogram")
          for (const part of ["bucket", "count", "sum"]) exposed.add(`${metric}_${part}`);
      }
    }
  });

  /** What stands in front of labels, a window, or the end of a sum. */
  const metricsIn = (text: string) =>
    new Set([...text.matchAll(/\b([a-z]+(?:_[a-z]+)+)(?=[{[)])/g)].map(([, metric = ""]) => metric));

  test.each([
    { file: "deploy/prometheus/alerts.yml", least: 6 },
    { file: "deploy/grafana/dashboards/shop.json", least: 12 },
  ])("$file asks for nothing that no process measures", ({ file, least }) => {
    const asked = metricsIn(readText(file));
    // The blackbox exporter measures this one.
    asked.delete("probe_success");
    expect(asked.size).toBeGreaterThanOrEqual(least - 1);
    expect([...asked].filter((metric) => !exposed.has(metric))).toEqual([]);
  });

  test("the threshold for latency is a bound of the buckets, so that nothing has to be guessed between two", () => {
    const [, threshold] =
      /histogram_quantile[^>]*> ([\d.]+)$/m.exec(readText("deploy/prometheus/alerts.yml")) ?? [];
    expect(answers).toMatch(
      new RegExp(
        `_bucket\\{le="${threshold}",service="order-service",operation="getReadiness",status="200"\\}`,
      ),
    );
  });
});
