// What an agent loads to work on one service of a fleet: from files, and from what commands print.
import { costOfChange } from "./change.mjs";
import { countTokens, speckit, speckitJson, tokensOf } from "./workspace.mjs";

/** @typedef {{ name: string, tokens: number }} Row */
/** @typedef {{ rows: readonly Row[], total: number, fullest: number, sent: number }} Approach `total`: in the context when the change is done. */
/** @typedef {{ services: number, traditional: Approach, optimised: Approach, aggressive: Approach }} Table */
/** @typedef {Awaited<ReturnType<typeof import("./change.mjs").costOfChange>>} Change */

/**
 * @param {string} workspace
 * @param {{ service: string, query: string, change: Change, session: string }} options `session`: what `budget` looks at.
 * @returns {Promise<Table>}
 */
export async function measureTable(workspace, { service, query, change, session }) {
  const documents = await documentsOf(workspace, service);
  const printed = async (/** @type {readonly string[]} */ ...argv) =>
    countTokens(await speckit(workspace, [...argv, "--quiet"]));
  await speckit(workspace, ["service-catalog", "--quiet"]);
  const digest = await printed("service-catalog");
  const found = await printed("find", query);
  const budget = await printed("budget", "--session", session);
  await speckit(workspace, ["analyze", "--quiet"]);
  const analysis = await printed("analyze");
  const sum = (/** @type {readonly string[]} */ files) => tokensOf(workspace, files);
  const asked = [
    { name: "`service-catalog`, the digest", tokens: digest },
    { name: `\`find "${query}"\``, tokens: found },
  ];
  const check = { name: "`budget`", tokens: budget };
  const { specs, contracts, overview, ownSpec, ownRef, relatedRefs } = documents;
  return {
    services: specs.length,
    traditional: approach(
      [
        { name: `All ${specs.length} specs`, tokens: sum(specs) },
        { name: `All ${contracts.length} contracts`, tokens: sum(contracts) },
        ...overview.map((/** @type {string} */ file) => ({
          name: `Dependencies: ${file}`,
          tokens: sum([file]),
        })),
      ],
      change.whole,
    ),
    optimised: approach(
      [
        ...asked,
        { name: `Quick-refs of ${relatedRefs.length} related services`, tokens: sum(relatedRefs) },
        { name: `The spec of ${service}`, tokens: sum(ownSpec) },
        check,
      ],
      change.prunedOnce,
    ),
    aggressive: approach(
      [
        ...asked,
        {
          name: `Quick-refs of ${service} and ${relatedRefs.length} related`,
          tokens: sum([...ownRef, ...relatedRefs]),
        },
        check,
        { name: "`analyze`, incremental", tokens: analysis },
      ],
      change.prunedTwice,
    ),
  };
}

/** What is loaded is loaded into each session. @param {readonly Row[]} rows @param {import("./change.mjs").Work} work @returns {Approach} */
function approach(rows, work) {
  const loaded = rows.reduce((sum, { tokens }) => sum + tokens, 0);
  const end = work.at(-1)?.ends ?? 0;
  return {
    rows: [...rows, { name: "Making the change", tokens: end }],
    total: loaded + end,
    fullest: loaded + Math.max(...work.map(({ ends }) => ends)),
    sent: work.reduce((sum, { calls, sent }) => sum + calls * loaded + sent, 0),
  };
}

/** The documents of all services by what they are, and those of one service and its neighbours. @param {string} workspace @param {string} service */
async function documentsOf(workspace, service) {
  const { documents } = await speckitJson(workspace, ["budget"]);
  const files = documents.map((/** @type {{ file: string }} */ { file }) => file).sort();
  const { services, edges } = await speckitJson(workspace, ["service-catalog", "--format", "json"]);
  const related = new Set(
    edges.flatMap((/** @type {{ from: string, to: string }} */ { from, to }) =>
      from === service ? [to] : to === service ? [from] : [],
    ),
  );
  const dirOf = new Map(
    services.map((/** @type {{ name: string, dir: string }} */ one) => [one.name, one.dir]),
  );
  const named = (/** @type {string} */ name, /** @type {Iterable<unknown>} */ owners) => {
    const dirs = [...owners].map((owner) => `${dirOf.get(owner)}/`);
    return files.filter(
      (/** @type {string} */ file) => file.endsWith(`/${name}`) && dirs.some((dir) => file.startsWith(dir)),
    );
  };
  return {
    specs: named("spec.md", dirOf.keys()),
    contracts: files.filter((/** @type {string} */ file) => /\.(?:ya?ml|json)$/.test(file)),
    overview: files.filter((/** @type {string} */ file) => file === "docs/ARCHITECTURE.md"),
    ownSpec: named("spec.md", [service]),
    ownRef: named("quick-ref.md", [service]),
    relatedRefs: named("quick-ref.md", related),
  };
}

/** How much less an approach needs than the traditional one, in percent. @param {Table} table @param {"optimised" | "aggressive"} kind @param {"total" | "fullest" | "sent"} [of] */
export function saving(table, kind, of = "total") {
  return 100 * (1 - table[kind][of] / table.traditional[of]);
}
