// Builds the package into a folder: `node scripts/build.mjs dist`. Plain JavaScript, since it is what makes TypeScript run.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCli } from "./bundle-cli.mjs";
import { compileSchemas } from "./compile-schemas.mjs";

const home = fileURLToPath(new URL("..", import.meta.url));
const out = resolve(process.argv[2] ?? join(home, "dist"));
const generated = join(home, "src/parse/generated");
const require = createRequire(import.meta.url);

await compileSchemas();
runNode(
  join(dirname(require.resolve("typescript/package.json")), "bin/tsc"),
  "-p",
  `${home}tsconfig.build.json`,
  "--outDir",
  out,
);
cpSync(generated, join(out, "parse/generated"), {
  recursive: true,
  filter: (file) => !file.endsWith(".stamp"),
});
// What `speckit explain` shows. The pages are in git, written by `npm run docs` and checked to be current.
for (const rules of ["checks", "changes", "answers"])
  cpSync(join(home, "../../docs/reference", rules), join(out, "pages", rules), { recursive: true });
// What `speckit init` writes.
cpSync(join(home, "../../templates"), join(out, "templates"), { recursive: true });
await bundleCli(home, join(out, "bundle"));
// What another engine wrote to the cache does not count. The bundle has everything in it, packages included.
writeFileSync(join(out, "build-id"), `${hashOf(join(out, "bundle"))}\n`);

/**
 * Runs Node; when that fails it has said why, and there is no more to do.
 * @param {readonly string[]} args
 */
function runNode(...args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", cwd: home });
  if (status !== 0) process.exit(status ?? 1);
}

/** @param {string} folder */
function hashOf(folder) {
  const hash = createHash("sha256");
  for (const file of readdirSync(folder).sort())
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(folder, file)));
  return hash.digest("hex").slice(0, 16);
}
