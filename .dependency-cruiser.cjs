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
  search: {
    may: ["model"],
    why: "What is found depends on texts and names alone; where an index is kept, and which files are in it, is for node to say.",
  },
  tokens: {
    may: ["model"],
    why: "Counting, and reading what an agent's session says, depends on texts alone; where sessions lie is for node to know.",
  },
  authoring: {
    may: ["model", "parse", "catalog", "impact", "search", "verify"],
    why: "What an agent is given and what is drafted follows from the workspace, its contracts and a question; texts, counters and files are handed in.",
  },
  diagnosis: {
    may: ["model", "impact", "search"],
    why: "What an error means follows from its text and the workspace; who asks, and where texts come from, is not its business.",
  },
  verify: {
    may: ["model"],
    why: "Requests are made and answers judged without a network, so that any test and any front end can send them its own way.",
  },
  render: {
    may: ["model", "checks", "changes", "catalog", "search", "tokens", "authoring"],
    why: "A renderer makes a string of what it is given; it reads and decides nothing.",
  },
  "index.ts": {
    may: ["model", "parse", "link", "checks", "check-workspace.ts", "changes", "catalog", "verify", "render"],
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
      "search",
      "tokens",
      "verify",
      "authoring",
      "render",
      "index.ts",
    ],
    why: "Folders, git, the cache and the network serve any front end, so they know none.",
  },
};

/** @param {string} name */
const pathOf = (name) => (name.endsWith(".ts") ? `^${engine}/${name}$` : `^${engine}/${name}/`);

const shop = "examples/ecommerce-platform";
const kit = "packages/service-kit/src";

/** The arrows inside each service of the platform, and around it. */
const serviceRules = [
  {
    name: "domain-imports-nothing",
    comment: "Decisions are pure functions: no framework, no database, no clock.",
    severity: "error",
    from: { path: `^${shop}/services/([^/]+)/src/domain/` },
    to: { pathNot: `^${shop}/services/$1/src/domain/` },
  },
  {
    name: "store-imports-domain",
    comment: "Tables are behind one interface; who calls it is not for them to know.",
    severity: "error",
    from: { path: `^${shop}/services/([^/]+)/src/store/` },
    to: { path: `^${shop}/`, pathNot: `^${shop}/services/$1/src/(?:domain|store)/` },
  },
  {
    name: "services-meet-in-contracts",
    comment: "A service that imports another cannot be built, tested or started without it.",
    severity: "error",
    from: { path: `^${shop}/services/([^/]+)/` },
    to: { path: `^${shop}/(?:services|gateway|platform)/`, pathNot: `^${shop}/services/$1/` },
  },
  {
    name: "service-kit-stands-alone",
    comment: "Generated services use it far from the toolkit and from the example.",
    severity: "error",
    from: { path: `^${kit}/` },
    to: { path: "^(?:packages|examples|bench|scripts)/", pathNot: `^${kit}/` },
  },
  {
    name: "running-services-need-no-toolkit",
    comment: "The toolkit judges services from outside; their tests may ask it, they themselves may not.",
    severity: "error",
    from: { path: `^${shop}/.*/src/` },
    to: { path: "^packages/speckit/" },
  },
];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...serviceRules,
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
      name: "the-mcp-server-is-a-face",
      comment:
        "It asks the command line's questions; what it needed beyond them, other front ends would lack.",
      severity: "error",
      from: { path: "^packages/mcp/src/" },
      to: { path: "^(?:packages|examples|bench|scripts)/", pathNot: "^packages/(?:mcp/src|speckit/dist)/" },
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
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "node", "default"],
    },
  },
};
