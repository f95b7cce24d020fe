import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCatalog } from "../../src/catalog/catalog.ts";
import { sealed } from "../../src/cli/catalog-file.ts";
import { readWorkspace } from "../../src/node/read-workspace.ts";
import { isMapping, mapping, text } from "../../src/parse/values.ts";
import { renderCatalogMarkdown } from "../../src/render/catalog-markdown.ts";
import { samplesReadme } from "./samples-readme.ts";

const platform = fileURLToPath(new URL("../../../../examples/ecommerce-platform/", import.meta.url));
const source = (file: string) => readFileSync(join(platform, file), "utf8");

const auth = "services/auth-service";
const user = "services/user-service";
/** Where each sample comes from, by its path below examples/microservices. */
const origins: Readonly<Record<string, string>> = {
  "sample-constitution.md": "constitution.md",
  "sample-auth-service/spec.md": `${auth}/specs/001-jwt-authentication/spec.md`,
  "sample-auth-service/plan.md": `${auth}/specs/001-jwt-authentication/plan.md`,
  "sample-auth-service/tasks.md": `${auth}/specs/001-jwt-authentication/tasks.md`,
  "sample-auth-service/quick-ref.md": `${auth}/specs/001-jwt-authentication/quick-ref.md`,
  "sample-auth-service/contracts/api-spec.yaml": `${auth}/contracts/api-spec.yaml`,
  "sample-user-service/spec.md": `${user}/specs/001-user-profile/spec.md`,
  "sample-user-service/contracts/api-spec.yaml": `${user}/contracts/api-spec.yaml`,
  "sample-user-service/contracts/events/user-events.json": `${user}/contracts/events/user-events.json`,
};
const sharedEvents = "shared/contracts/events/common-events.json";

/** The catalog of the example, as `speckit service-catalog` writes it. */
export function exampleCatalog(): string {
  return sealed(plainCatalog());
}

function plainCatalog(): string {
  const { workspace } = readWorkspace(platform, { cache: false, now: 0, ruleIds: new Set() });
  return renderCatalogMarkdown(buildCatalog(workspace));
}

/** The eleven files of examples/microservices, each readable without the others. */
export function samplePages(): Map<string, string> {
  const pages = new Map(Object.entries(origins).map(([sample, origin]) => [sample, sampleOf(origin)]));
  const catalog = plainCatalog().replaceAll("](../", "](../ecommerce-platform/");
  return pages.set("sample-service-catalog.md", catalog).set("README.md", samplesReadme(origins));
}

function sampleOf(origin: string): string {
  const note = `Made by \`npm run docs\` from examples/ecommerce-platform/${origin}.`;
  if (origin.endsWith(".md")) return `<!-- ${note} -->\n\n${source(origin)}`;
  if (origin.endsWith(".yaml")) return `# ${note}\n${source(origin)}`;
  return standAlone(JSON.parse(source(origin)), note);
}

/** An event contract with the shared definitions that it uses inside of it. */
function standAlone(contract: unknown, note: string): string {
  const shared = mapping(mapping(JSON.parse(source(sharedEvents))).$defs);
  const used = new Map<string, unknown>();
  const inlined = rewrite(contract);
  function rewrite(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(rewrite);
    if (!isMapping(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        key === "$ref" ? definition(text(member) ?? "") : rewrite(member),
      ]),
    );
  }
  function definition(ref: string): string {
    const name = ref.slice(ref.lastIndexOf("/") + 1);
    if (!used.has(name)) {
      used.set(name, undefined);
      used.set(name, rewrite(shared[name]));
    }
    return `#/$defs/${name}`;
  }
  const whole = { $comment: note, ...mapping(inlined), $defs: Object.fromEntries(used) };
  return `${JSON.stringify(whole, null, 2)}\n`;
}
