import path from "node:path";
import type { Manifest } from "./manifests.ts";
import { platformRoot, yamlIn } from "./platform.ts";
import { has, mustRun } from "./programs.ts";

export const hasKustomize = has("kubectl", "version", "--client");

/** What kustomize makes of an overlay, whose secrets have to be there. */
export function buildOverlay(name: string, root = platformRoot): Manifest[] {
  const folder = path.join(root, "deploy", "kubernetes", "overlays", name);
  return yamlIn<Manifest>(mustRun("kubectl", ["kustomize", folder])).map(unbroken);
}

/** kustomize breaks long secrets into lines, which Kubernetes reads over and the schema does not. */
function unbroken(manifest: Manifest): Manifest {
  if (manifest.kind !== "Secret") return manifest;
  const { data } = manifest as Manifest & { readonly data: Readonly<Record<string, string>> };
  const whole = Object.entries(data).map(([name, value]) => [name, value.replaceAll("\n", "")]);
  return { ...manifest, data: Object.fromEntries(whole) } as Manifest;
}
