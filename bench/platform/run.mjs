// Measures the example platform and writes docs/explanation/platform-performance.md: `npm run bench:platform [-- --seconds 15] [-- --no-write]`.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { step } from "../../scripts/progress.mjs";
import { costsOfAnApp, costsOfAnOutbox } from "./costs.mjs";
import { placeOrders, validateTokens } from "./load.mjs";
import { compareLogins } from "./logins.mjs";
import { missingServers, withShop } from "./shop.mjs";

const page = fileURLToPath(new URL("../../docs/explanation/platform-performance.md", import.meta.url));
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "15" }, write: { type: "boolean", default: true } },
  allowNegative: true,
});
const seconds = Number(values.seconds);

const missing = await missingServers();
/** @type {readonly ("embedded" | "real")[]} */
const kinds = missing.length === 0 ? ["embedded", "real"] : ["embedded"];
const names = { embedded: "Embedded PostgreSQL and bus", real: "PostgreSQL, RabbitMQ and Redis" };

const sections = [];
for (const kind of kinds)
  sections.push(await step(names[kind], () => withShop(kind, (shop) => measure(kind, shop))));
const app = await step("an app", costsOfAnApp);
const outbox = await step("an outbox", costsOfAnOutbox);

/** @param {"embedded" | "real"} kind @param {import("./load.mjs").Shop} shop */
async function measure(kind, shop) {
  await placeOrders(shop, { connections: 32, seconds: Math.min(10, seconds) });
  const rows = [];
  for (const connections of [1, 8, 32, 96]) rows.push(await placeOrders(shop, { connections, seconds }));
  const steady = await placeOrders(shop, { connections: 16, seconds, rate: 50 });
  const { logins, unknownMs, wrongMs, apart } = await compareLogins(shop);
  const tokens = await validateTokens(shop, { connections: 32, seconds });
  const line = (/** @type {typeof steady} */ row, /** @type {string} */ name) =>
    `| ${name} | ${row.placedPerSecond.toFixed(0)} | ${row.confirmedPerSecond.toFixed(0)} | ${row.p50} | ${row.p97_5} | ${row.p99} | ${row.refused} |`;
  return `## ${names[kind]}

| orders of two products | placed/s | settled/s | p50 ms | p97.5 ms | p99 ms | refused |
| --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => line(row, `${row.connections} at once`)).join("\n")}
${line(steady, "50 a second")}

Validating tokens at auth-service, 32 at once: ${tokens.perSecond.toFixed(0)} a second, p50 ${tokens.p50} ms, p97.5 ${tokens.p97_5} ms, refused ${tokens.refused}.

Logging in ${logins} times each, in turns: ${unknownMs.toFixed(1)} ms for an unknown address, ${wrongMs.toFixed(1)} ms for a wrong password (medians), ${(100 * apart).toFixed(1)} % apart.
`;
}

const costs = (/** @type {readonly { name: string, microseconds: number }[]} */ rows) =>
  [
    "| processor time of the service, each time | microseconds |",
    "| --- | --- |",
    ...rows.map(({ name, microseconds }) => `| ${name} | ${microseconds.toFixed(0)} |`),
  ].join("\n");

const text = `# How fast the platform is

Written by \`npm run bench:platform\`; figures of one run. The shop with a process for each service, its servers and the load (autocannon) share the same
${cpus().length} cores. "Settled" counts the time until no order is pending any more. The gateway's limit for one address is lifted for the run.${missing.length > 0 ? ` ${missing.join(", ")} did not answer.` : ""}

${sections.join("\n")}
## What validation, logging and the outbox cost

A request through \`app.inject\`, an empty handler:

${costs(app)}

A transaction on PostgreSQL with one insert:

${costs(outbox)}
`;
if (values.write) writeFileSync(page, text);
console.log(text);
