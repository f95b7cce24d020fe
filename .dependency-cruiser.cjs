// The arrows of docs/explanation/architecture.md, for the machine: each folder imports only what stands before it. Circles between files are
// biome's to find (`noImportCycles`), which knows that importing a type is no circle at run time.

const engine = "packages/speckit/src";

/** What each part of the engine may import besides itself, and why nothing else. */
const layers = {
  model: {
    may: [],
    why: "The model is what all others talk about; whatever it imported, everybody would depend on.",
  },
  parse: {
    may: ["model"],
    why: "A reader turns one text into one document; it knows neither other documents nor where texts come from.",
  },
  link: {
    may: ["model", "parse"],
    why: "Linking joins documents into a workspace; what is right or wrong about it is for checks to say.",
  },
  checks: {
    may: ["model"],
    why: "A check sees the workspace and nothing else, so it gives the same answer in every front end.",
  },
  "check-workspace.ts": {
    may: ["model", "checks"],
    why: "Running checks is looking at a workspace; how findings are shown is decided later.",
  },
  changes: {
    may: ["model", "parse"],
    why: "Comparing takes two documents, wherever they come from: two files, two revisions, two repositories.",
  },
  catalog: {
    may: ["model"],
    why: "The catalog is a view of the workspace; how it is written down is for render to say.",
  },
  impact: {
    may: ["model"],
    why: "What hangs on what is a walk through the workspace; every front end shows the same.",
  },
  render: {
    may: ["model", "checks", "changes", "catalog"],
    why: "A renderer makes a string of what it is given; it reads and decides nothing.",
  },
  "index.ts": {
    may: ["model", "parse", "link", "checks", "check-workspace.ts", "changes", "catalog", "render"],
    why: "The library runs in a browser too: it must not reach for folders, git or the command line.",
  },
  node: {
    may: [
      "model",
      "parse",
      "link",
      "checks",
      "check-workspace.ts",
      "changes",
      "catalog",
      "render",
      "index.ts",
    ],
    why: "Folders, git and the cache serve any front end, so they know none.",
  },
};

/** @param {string} name */
const pathOf = (name) => (name.endsWith(".ts") ? `^${engine}/${name}$` : `^${engine}/${name}/`);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(layers).map(([name, { may, why }]) => ({
      name: `${name.replace(/\.ts$/, "")}-imports-only-what-stands-before-it`,
      comment: why,
      severity: "error",
      from: { path: pathOf(name) },
      to: { path: `^${engine}/`, pathNot: [name, ...may].map(pathOf) },
    })),
    {
      name: "only-node-and-cli-know-the-machine",
      comment: "Everything else is free of Node's modules, so that it runs in a browser.",
      severity: "error",
      from: { path: `^${engine}/`, pathNot: `^${engine}/(?:node|cli)/` },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "model-needs-no-package",
      comment: "Plain data outlives the libraries it was read with.",
      severity: "error",
      from: { path: pathOf("model") },
      to: { path: "node_modules" },
    },
    {
      name: "nobody-imports-the-command-line",
      comment:
        "What a command can do, the library can do; a front end that needs a command needs the library's function.",
      severity: "error",
      from: { path: `^${engine}/`, pathNot: `^${engine}/cli/` },
      to: { path: `^${engine}/cli/` },
    },
    {
      name: "the-engine-stands-alone",
      comment: "Tests, scripts and other packages build on the engine, never the other way round.",
      severity: "error",
      from: { path: `^${engine}/` },
      to: { path: `^(?:packages|examples|bench|scripts)/`, pathNot: `^${engine}/` },
    },
    {
      name: "nothing-unresolved",
      comment: "An import that leads nowhere fails at run time.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["(?:^|/)(?:dist|coverage)/", "\\.examples/", "/generated/"] },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
