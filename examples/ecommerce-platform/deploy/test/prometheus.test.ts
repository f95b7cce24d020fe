import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse, stringify } from "yaml";
import { platformRoot, readText, readYaml } from "./support/platform.ts";
import { has, mustRun } from "./support/programs.ts";

const folder = path.join(platformRoot, "deploy", "prometheus");
const hasPromtool = has("promtool", "--version");

describe.skipIf(!hasPromtool)(
  hasPromtool ? "promtool" : "promtool (it is missing; Debian has it in prometheus)",
  () => {
    test("understands the rules", () => {
      expect(mustRun("promtool", ["check", "rules", "alerts.yml"], { cwd: folder })).toContain(
        "6 rules found",
      );
    });

    test("finds that each alert is silent at the threshold of the constitution, and fires above it", () => {
      mustRun("promtool", ["test", "rules", "alerts.test.yml"], { cwd: folder });
    });

    test("finds it when a rule has another threshold", () => {
      const scratch = scratchFolder();
      fs.writeFileSync(
        path.join(scratch, "alerts.yml"),
        readText("deploy/prometheus/alerts.yml").replace("> 60", "> 61"),
      );
      fs.copyFileSync(path.join(folder, "alerts.test.yml"), path.join(scratch, "alerts.test.yml"));
      expect(() => mustRun("promtool", ["test", "rules", "alerts.test.yml"], { cwd: scratch })).toThrow(
        /Outbox: 61 s/,
      );
    });

    test("understands what is asked of whom on one machine", () => {
      mustRun("promtool", ["check", "config", "prometheus.yml"], { cwd: folder });
    });

    test("understands what is asked of whom in a cluster, but for the way in which pods are found", () => {
      // Debian builds its promtool without Kubernetes.
      const config = parse(readText("deploy/prometheus/prometheus.kubernetes.yml"));
      const [shop] = config.scrape_configs;
      expect(shop.kubernetes_sd_configs).toEqual([{ role: "pod", namespaces: { names: ["shop"] } }]);
      delete shop.kubernetes_sd_configs;
      const scratch = scratchFolder();
      fs.writeFileSync(path.join(scratch, "prometheus.yml"), stringify(config));
      fs.copyFileSync(path.join(folder, "alerts.yml"), path.join(scratch, "alerts.yml"));
      mustRun("promtool", ["check", "config", "prometheus.yml"], { cwd: scratch });
    });

    test("understands every question of the dashboard", () => {
      const { panels } = JSON.parse(readText("deploy/grafana/dashboards/shop.json")) as Dashboard;
      const questions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
      expect(questions.length).toBeGreaterThan(25);
      const rules = questions.map((expr, at) => ({
        record: `question_${at}`,
        expr: expr.replaceAll("$__rate_interval", "1m"),
      }));
      const scratch = scratchFolder();
      fs.writeFileSync(
        path.join(scratch, "questions.yml"),
        stringify({ groups: [{ name: "questions", rules }] }),
      );
      mustRun("promtool", ["check", "rules", "questions.yml"], { cwd: scratch });
    });
  },
);

interface Dashboard {
  readonly panels: readonly {
    readonly title?: string;
    readonly type: string;
    readonly datasource?: { readonly uid: string };
    readonly targets?: readonly { readonly refId: string; readonly expr: string }[];
  }[];
}

test("Grafana is told of the data source that the dashboard asks, and finds the dashboard", () => {
  const [sources] = readYaml<{ datasources: { uid: string; url: string }[] }>(
    "deploy/grafana/provisioning/datasources/datasources.yml",
  );
  const [compose] = readYaml<{ services: Record<string, { volumes?: string[] }> }>("deploy/compose.yaml");
  const { panels } = JSON.parse(readText("deploy/grafana/dashboards/shop.json")) as Dashboard;
  const asking = panels.filter(({ targets = [] }) => targets.length > 0);
  expect(new Set(asking.map(({ datasource }) => datasource?.uid))).toEqual(new Set(["prometheus"]));
  for (const { targets = [] } of panels)
    expect(targets.map(({ refId }) => refId)).toEqual(["A", "B"].slice(0, targets.length));
  expect(sources?.datasources.map(({ uid }) => uid)).toContain("prometheus");
  for (const { url } of sources?.datasources ?? [])
    expect(Object.keys(compose?.services ?? {})).toContain(new URL(url).hostname);

  const [providers] = readYaml<{ providers: { options: { path: string } }[] }>(
    "deploy/grafana/provisioning/dashboards/dashboards.yml",
  );
  expect(compose?.services.grafana?.volumes).toContain(
    `./grafana/dashboards:${providers?.providers[0]?.options.path}:ro`,
  );
});

function scratchFolder(): string {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "shop-prometheus-"));
  onTestFinished(() => fs.rmSync(scratch, { recursive: true, force: true }));
  return scratch;
}
