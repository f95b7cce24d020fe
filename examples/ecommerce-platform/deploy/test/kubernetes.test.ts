import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type DeploymentManifest, type Manifest, mustBeValid, ofKind } from "./support/manifests.ts";
import { buildOverlay, hasKustomize } from "./support/overlay.ts";
import { filesBelow, platformRoot, readYaml } from "./support/platform.ts";
import { mustRun } from "./support/programs.ts";
import { copyOfPlatform } from "./support/scratch.ts";

const folders = ["deploy/kubernetes", "deploy/servers"];
const files = folders.flatMap((folder) => filesBelow(folder, ".yaml"));
const kustomizations = files.filter((file) => file.endsWith("kustomization.yaml"));
const manifests = files.filter((file) => !kustomizations.includes(file));

test.each(manifests)("%s matches the published schemas", (file) => {
  const documents = readYaml<Manifest>(file);
  expect(documents.length).toBeGreaterThan(0);
  for (const manifest of documents) mustBeValid(manifest);
});

test("a manifest that says something else than its schema is refused", () => {
  const [deployment] = ofKind(readYaml<Manifest>("deploy/kubernetes/base/order-service.yaml"), "Deployment");
  expect(() => mustBeValid({ ...deployment, spec: { replicas: "two" } } as unknown as Manifest)).toThrow(
    /replicas/,
  );
});

interface Kustomization {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly configMapGenerator?: readonly { readonly files?: readonly string[] }[];
}

test("every manifest is part of a kustomization, and every part is there", () => {
  const parts = kustomizations.flatMap((file) => {
    const [{ resources = [], components = [], configMapGenerator = [] } = {}] = readYaml<Kustomization>(file);
    const named = [...resources, ...components, ...configMapGenerator.flatMap((map) => map.files ?? [])];
    return named.map((name) => path.posix.join(path.posix.dirname(file), name));
  });
  for (const part of parts) expect(fs.existsSync(path.join(platformRoot, part)), part).toBe(true);
  expect(manifests.filter((file) => !parts.includes(file))).toEqual([]);
});

const title = hasKustomize ? "built by kustomize" : "built by kustomize (kubectl is missing)";

describe.skipIf(!hasKustomize)(title, () => {
  const built = new Map<string, readonly Manifest[]>();
  beforeAll(() => {
    const { root, remove } = copyOfPlatform();
    writeSecrets(root);
    for (const overlay of ["development", "production"]) built.set(overlay, buildOverlay(overlay, root));
    remove();
  });
  const overlay = (name: string) => built.get(name) ?? [];
  const podsOf = (all: readonly Manifest[]) =>
    [...ofKind<DeploymentManifest>(all, "Deployment"), ...ofKind<DeploymentManifest>(all, "StatefulSet")].map(
      ({ metadata, spec }) => ({ name: metadata.name, template: spec?.template }),
    );

  test.each(["development", "production"])("all of %s matches the published schemas", (name) => {
    expect(overlay(name).length).toBeGreaterThan(20);
    for (const manifest of overlay(name)) mustBeValid(manifest);
  });

  test("what pods take from config maps and secrets is there; secrets of production are made by others", () => {
    const all = overlay("development");
    const sources = [...ofKind(all, "ConfigMap"), ...ofKind(all, "Secret")] as (Manifest & {
      data: Record<string, string>;
    })[];
    for (const { name, template } of podsOf(all)) {
      for (const { env = [], envFrom = [] } of template?.spec?.containers ?? []) {
        for (const { configMapRef, secretRef } of envFrom) {
          const kind = configMapRef ? "ConfigMap" : "Secret";
          const from = (configMapRef ?? secretRef)?.name;
          expect(
            sources.filter((source) => source.kind === kind).map(({ metadata }) => metadata.name),
            name,
          ).toContain(from);
        }
        for (const { valueFrom } of env) {
          const { name: from, key = "" } = valueFrom?.secretKeyRef ?? {};
          if (!from) continue;
          const source = sources.find(({ kind, metadata }) => kind === "Secret" && metadata.name === from);
          expect(Object.keys(source?.data ?? {}), `${name}: ${from}`).toContain(key);
        }
      }
    }
    expect(ofKind(overlay("production"), "Secret")).toEqual([]);
  });

  test.each([
    "development",
    "production",
  ])("every selector in %s finds pods, and every port has its name", (name) => {
    const all = overlay(name);
    const pods = podsOf(all);
    const isFound = (labels: Readonly<Record<string, string>> = {}) =>
      pods.some(({ template }) =>
        Object.entries(labels).every(([label, value]) => template?.metadata?.labels?.[label] === value),
      );
    interface Selecting extends Manifest {
      readonly spec: {
        readonly selector?: Readonly<Record<string, string>> & {
          readonly matchLabels?: Record<string, string>;
        };
        readonly podSelector?: { readonly matchLabels?: Record<string, string> };
        readonly scaleTargetRef?: { readonly name: string };
        readonly ports?: readonly { readonly targetPort: string | number }[];
      };
    }
    for (const { kind, metadata, spec } of all as Selecting[]) {
      const labels =
        kind === "Service" ? spec.selector : (spec?.selector?.matchLabels ?? spec?.podSelector?.matchLabels);
      expect(isFound(labels as Record<string, string>), `${kind} ${metadata.name}`).toBe(true);
      const target = spec?.scaleTargetRef?.name;
      if (target) expect(pods.map((pod) => pod.name)).toContain(target);
      if (kind !== "Service") continue;
      const pod = pods.find(
        ({ template }) => template?.metadata?.labels?.["app.kubernetes.io/name"] === metadata.name,
      );
      const names = pod?.template?.spec?.containers.flatMap(({ ports = [] }) =>
        ports.map((port) => port.name),
      );
      for (const { targetPort } of spec.ports ?? []) {
        if (typeof targetPort === "string") expect(names, metadata.name).toContain(targetPort);
      }
    }
  });

  test("nothing runs as root, writes to its image, or takes what it likes", () => {
    for (const { name, template } of podsOf(overlay("production"))) {
      expect(template?.spec, name).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
        containers: [
          {
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            resources: { requests: { memory: expect.any(String) }, limits: { memory: expect.any(String) } },
            livenessProbe: { httpGet: { path: "/health/live" } },
            readinessProbe: { httpGet: { path: "/health/ready" } },
          },
        ],
      });
    }
  });

  test("in production each process has a number of instances that follows its load, and no other", () => {
    const all = overlay("production");
    const deployments = ofKind<DeploymentManifest>(all, "Deployment");
    const names = deployments.map(({ metadata }) => metadata.name);
    expect(ofKind(all, "HorizontalPodAutoscaler").map(({ metadata }) => metadata.name)).toEqual(names);
    expect(ofKind(all, "PodDisruptionBudget").map(({ metadata }) => metadata.name)).toEqual(names);
    for (const { spec } of deployments) {
      expect(spec).not.toHaveProperty("replicas");
      expect(spec?.template.spec?.containers[0]?.image).toMatch(
        /^registry\.example\.com\/shop\/[a-z-]+:\d+\.\d+\.\d+$/,
      );
    }
  });
});

/** As `npm run secrets` makes them. */
function writeSecrets(root: string): void {
  const program = path.join(platformRoot, "deploy", "src", "write-secrets.ts");
  mustRun(process.execPath, ["--conditions=source", "--import", "tsx", program, root], { cwd: platformRoot });
}
