import { buildCatalog, type Catalog } from "../catalog/catalog.ts";
import { renderCatalogDigest } from "../render/catalog-digest.ts";
import { renderCatalogGraph } from "../render/catalog-graph.ts";
import { renderCatalogJson, renderGraphJson } from "../render/catalog-json.ts";
import { renderCatalogMarkdown, renderGraphSection } from "../render/catalog-markdown.ts";
import { renderCatalogMermaid } from "../render/catalog-mermaid.ts";
import { asyncApiText, backstageText } from "./catalog-exports.ts";
import { CATALOG_FILE, type CatalogState, sealed, stateOfCatalog, writeCatalog } from "./catalog-file.ts";
import { type Command, type ExitCode, type Io, type Options, UsageError } from "./command.ts";
import { type OpenWorkspace, openWorkspace } from "./open-workspace.ts";
import { choice } from "./options.ts";

const formats = ["markdown", "json", "mermaid", "backstage", "asyncapi"] as const;
type Format = (typeof formats)[number];

export const serviceCatalog: Command = {
  name: "service-catalog",
  summary: `What there is and how it hangs together: ${CATALOG_FILE}`,
  options: [
    ["--regenerate", "read everything anew and write the catalog again"],
    ["--check", "exit with 1 when the catalog is missing or stale; write nothing"],
    ["--format <format>", "markdown, the file; or json, mermaid, backstage or asyncapi, to standard output"],
    ["--graph-only", "print the dependency graph and write nothing"],
    ["--digest", "print the digest and write nothing"],
    ["--force", "replace a catalog that a person wrote"],
  ],
  examples: [
    "speckit service-catalog",
    "speckit service-catalog --check",
    "speckit service-catalog --format json",
    "speckit service-catalog --format backstage",
    "speckit service-catalog --graph-only",
  ],

  async run(_, options, io) {
    const given = choice<Format>(options, "format", formats);
    const format = options.json === true ? "json" : given;
    const cache = options.cache !== false && options.regenerate !== true;
    const { read } = openWorkspace({ ...options, service: undefined, all: true, cache }, io);
    const catalog = buildCatalog(read.workspace);
    const printed = print(catalog, read, format, options.graphOnly === true);
    const markdown = sealed(renderCatalogMarkdown(catalog));
    const state = stateOfCatalog(read.root, markdown);
    read.save();
    if (printed !== undefined) io.write(printed);
    else if (options.digest === true) {
      io.write(renderCatalogDigest(catalog, standing[state.kind], io));
      return 0;
    }
    if (options.check === true) return check(state, catalog, printed === undefined, options, io);
    if (printed === undefined) refresh(state, catalog, markdown, read, options, io);
    return 0;
  },
};

/** What goes to standard output instead of the file; undefined when the file is meant. */
function print(
  catalog: Catalog,
  read: OpenWorkspace["read"],
  format: Format | undefined,
  graphOnly: boolean,
): string | undefined {
  const { locate } = read;
  if (format === "json")
    return graphOnly ? renderGraphJson(catalog, locate) : renderCatalogJson(catalog, locate);
  if (format === "backstage") return backstageText(catalog, read);
  if (format === "asyncapi") return asyncApiText(read);
  if (format === "mermaid") return mermaidText(catalog);
  if (!graphOnly) return undefined;
  if (format === "markdown") return `${renderGraphSection(catalog)}\n`;
  const boxes = renderCatalogGraph(catalog);
  return boxes === undefined ? mermaidText(catalog) : `${boxes}\n`;
}

function mermaidText(catalog: Catalog): string {
  const { text, shown, total } = renderCatalogMermaid(catalog);
  const note =
    shown < total ? `%% Shown are the ${shown} of ${total} services with the most dependencies.\n` : "";
  return `${note}${text}\n`;
}

/** How it stands with the file, for those who only want to read. */
const standing: Readonly<Record<CatalogState["kind"], string>> = {
  current: `✅ ${CATALOG_FILE} is current`,
  missing: `⚠️  There is no ${CATALOG_FILE} yet`,
  foreign: `⚠️  ${CATALOG_FILE} was written by a person`,
  edited: `⚠️  ${CATALOG_FILE} was edited after it was written`,
  stale: `⚠️  ${CATALOG_FILE} is stale`,
};

function check(state: CatalogState, catalog: Catalog, mayWrite: boolean, options: Options, io: Io): ExitCode {
  const isGood = state.kind === "current" || (state.kind === "missing" && catalog.services.length === 0);
  const isEmpty = state.kind === "missing" && isGood;
  const text = isEmpty
    ? "ℹ️  No service was found, and there is no catalog: nothing can be stale.\n"
    : `${isGood ? "✅" : "❌"} ${checkText(state)}\n`;
  if (mayWrite) io.write(text);
  else if (options.quiet !== true) io.writeError(text);
  return isGood ? 0 : 1;
}

function checkText(state: CatalogState): string {
  switch (state.kind) {
    case "current":
      return `${CATALOG_FILE} is current`;
    case "missing":
      return `${CATALOG_FILE} is missing. Write it with: speckit service-catalog`;
    case "foreign":
      return `${CATALOG_FILE} was written by a person. Replace it with: speckit service-catalog --force`;
    case "edited":
      return `${CATALOG_FILE} was edited after it was written. Replace it with: speckit service-catalog --force`;
    case "stale":
      return `${CATALOG_FILE}:${state.line} is stale. Refresh it with: speckit service-catalog`;
  }
}

/** Brings the file up to date and shows the digest. */
function refresh(
  state: CatalogState,
  catalog: Catalog,
  markdown: string,
  { root, nested }: OpenWorkspace["read"],
  options: Options,
  io: Io,
): void {
  if (state.kind === "foreign" && options.force !== true)
    throw new UsageError(
      `${CATALOG_FILE} was written by a person. Move it away, or replace it with --force.`,
    );
  if (state.kind === "edited" && options.force !== true)
    throw new UsageError(
      `${CATALOG_FILE} was edited after it was written. Keep what you added somewhere else, then replace it with --force.`,
    );
  if (state.kind === "missing" && catalog.services.length === 0) {
    io.write(
      `No service was found: no folder holds a contract or a specification.\n\nNext: ${nextWithout(nested)}\n`,
    );
    return;
  }
  const isWritten = state.kind !== "current" || options.regenerate === true;
  if (isWritten) writeCatalog(root, markdown);
  const done = !isWritten ? "is current" : state.kind === "missing" ? "written" : "refreshed";
  io.write(renderCatalogDigest(catalog, `✅ ${CATALOG_FILE} ${done}`, io));
}

/** In a repository that only holds workspaces, the next step is to enter one. */
function nextWithout([nested]: readonly string[]): string {
  return nested === undefined
    ? "write services/NAME/contracts/api-spec.yaml or services/NAME/specs/001-SLUG/spec.md"
    : `speckit service-catalog --cwd ${nested}`;
}
