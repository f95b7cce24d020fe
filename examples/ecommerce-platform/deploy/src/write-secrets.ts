/**
 * Thinks up the passwords that compose.yaml and the development overlay ask for: `write-secrets.ts [ROOT]`. What is there already stays. They are in
 * `deploy/.env` and in files beside the overlay, readable by their owner alone and unknown to git.
 */
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { passwordsOfCompose } from "./compose.ts";
import { inCluster, variablesOf } from "./environment.ts";
import { readFacts } from "./read-facts.ts";
import { workloadsOf } from "./workloads.ts";

const root = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, "..", ".."));
const workloads = workloadsOf(await readFacts(root));

const file = path.join(root, "deploy", ".env");
const kept = fs.existsSync(file) ? parseEnv(fs.readFileSync(file, "utf8")) : {};
// Letters, digits, - and _ mean themselves in an address.
const think = () => randomBytes(24).toString("base64url");
const passwords = Object.fromEntries(
  passwordsOfCompose(workloads).map((name) => [name, kept[name] ?? think()]),
);
write(file, { ...kept, ...passwords });

const secrets = path.join(root, "deploy", "kubernetes", "overlays", "development", "secrets");
for (const workload of workloads) {
  const variables = variablesOf(workload, inCluster).filter(({ secret }) => secret);
  const filled = variables.map(({ name, value }) => [
    name,
    value.replaceAll(/\$\{(\w+)\}/g, (_, of) => passwords[of] ?? ""),
  ]);
  if (filled.length > 0) write(path.join(secrets, `${workload.name}.env`), Object.fromEntries(filled));
}
write(path.join(secrets, "servers.env"), passwords);
console.log(`${Object.keys(passwords).length} passwords are in deploy/.env and in the development overlay.`);
console.log(`The administrator is admin@example.com, with ADMIN_PASSWORD from deploy/.env.`);

function write(to: string, variables: Readonly<Record<string, string | undefined>>): void {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  // A file that is there would keep its mode, and half of it would be left when we are killed.
  const draft = `${to}.new`;
  fs.writeFileSync(draft, lines.join(""), { mode: 0o600 });
  fs.renameSync(draft, to);
}
