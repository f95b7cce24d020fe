import { type DeploymentManifest, type Manifest, ofKind } from "./manifests.ts";
import { readText, readYaml } from "./platform.ts";

/** The variables that a container of one kind of process gets, by who gives them. Values of secrets are unknown. */
export interface ManifestVariables {
  readonly image: ReadonlyMap<string, string>;
  readonly cluster: ReadonlyMap<string, string | undefined>;
  /** Empty for the gateway, which compose.yaml does not start. */
  readonly compose: ReadonlyMap<string, string>;
}

interface Kustomization {
  readonly configMapGenerator: readonly { readonly name: string; readonly literals: readonly string[] }[];
}
interface Compose {
  readonly services: Readonly<Record<string, { readonly environment: Readonly<Record<string, string>> }>>;
}

export function manifestVariables(name: string, folder: string): ManifestVariables {
  const [kustomization] = readYaml<Kustomization>("deploy/kubernetes/base/kustomization.yaml");
  const literals = kustomization?.configMapGenerator.find((map) => map.name === name)?.literals ?? [];
  const manifests = readYaml<Manifest>(`deploy/kubernetes/base/${name}.yaml`);
  const [deployment] = ofKind<DeploymentManifest>(manifests, "Deployment");
  const secrets =
    deployment?.spec?.template.spec?.containers.flatMap(({ env = [] }) => env.map((each) => each.name)) ?? [];
  const [compose] = readYaml<Compose>("deploy/compose.yaml");
  const image = /^ENV (.*)$/m.exec(readText(`${folder}/Dockerfile`))?.[1] ?? "";
  return {
    image: pairs(image.split(" ")),
    cluster: new Map<string, string | undefined>([
      ...pairs(literals),
      ...secrets.map((secret) => [secret, undefined] as const),
    ]),
    compose: new Map(Object.entries(compose?.services[name]?.environment ?? {})),
  };
}

function pairs(texts: readonly string[]): Map<string, string> {
  return new Map(texts.map((text) => [text.split("=", 1)[0] ?? "", text.slice(text.indexOf("=") + 1)]));
}
