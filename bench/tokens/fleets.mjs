// Larger fleets to measure on: those of bench/fleet.mjs, with a quick reference for each service, made from its catalog entry.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeFleet } from "../fleet.mjs";
import { speckitJson } from "./workspace.mjs";

/**
 * @typedef {object} CatalogService
 * @property {string} name
 * @property {string} dir
 * @property {readonly { method: string, path: string, summary: string }[]} endpoints
 * @property {readonly { event: string }[]} publishes
 * @property {readonly { event: string, from: string }[]} consumes
 * @property {readonly string[]} dependsOn
 * @property {readonly string[]} dependents
 */

/** Writes a fleet and names the service in its middle. @param {string} folder @param {number} count */
export async function writeFleetWithQuickRefs(folder, count) {
  writeFleet(folder, count);
  const { services } = await speckitJson(folder, ["service-catalog", "--format", "json"]);
  for (const service of services) {
    const entity = service.name.split("-")[1];
    const specs = join(folder, service.dir, `specs/001-${entity}s`);
    mkdirSync(specs, { recursive: true });
    writeFileSync(join(specs, "quick-ref.md"), quickRef(service, entity));
  }
  const name = services.map((/** @type {CatalogService} */ one) => one.name).sort()[Math.floor(count / 2)];
  return { service: name, query: `change a ${name.split("-").slice(0, 2).join(" ")}` };
}

/** In the form of the example's. @param {CatalogService} service @param {string} entity */
function quickRef({ name, endpoints, publishes, consumes, dependsOn, dependents }, entity) {
  const list = (/** @type {readonly string[]} */ items) => items.map((item) => `- ${item}`).join("\n");
  return `# ${name} Quick Reference

**Endpoints:**
${list(endpoints.filter(({ path }) => !path.startsWith("/health")).map(({ method, path, summary }) => `${method} ${path} - ${summary}`))}

**Key Files:**
- src/routes.ts - Endpoints
- src/events.ts - Events about a ${entity}

**Environment:**
${list(dependsOn.map((other) => `${other.toUpperCase().replaceAll("-", "_")}_URL - ${other}`))}

**Integration:**
- Publishes: ${publishes.map(({ event }) => event).join(", ")}
- Consumes: ${consumes.map(({ event, from }) => `${event} (${from})`).join(", ")}
- Called by: ${dependents.length > 3 ? `${dependents.length} services` : dependents.join(", ") || "nobody"}
`;
}
