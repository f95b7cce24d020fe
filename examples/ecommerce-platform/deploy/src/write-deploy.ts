/**
 * Writes the files by which the platform is deployed: `write-deploy.ts [--check] [ROOT]`. With `--check` it writes nothing, says what is out of
 * date, and ends with 1 when anything is. ROOT is the folder with `services/`, the platform around this package unless said otherwise.
 */
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { deployFiles, ownFolders } from "./deploy-files.ts";
import { describe, differences } from "./differences.ts";
import { readFacts } from "./read-facts.ts";

const { values, positionals } = parseArgs({
  options: { check: { type: "boolean", default: false } },
  allowPositionals: true,
});
const root = path.resolve(positionals[0] ?? path.join(import.meta.dirname, "..", ".."));

const files = deployFiles(await readFacts(root));
const found = differences(root, files, ownFolders);
if (values.check) {
  for (const difference of found) console.error(describe(difference));
  if (found.length > 0) console.error("\nnpm run write -w @shop/deploy brings them up to date.");
  process.exitCode = found.length > 0 ? 1 : 0;
} else {
  for (const { kind, path: file } of found) if (kind === "left-over") fs.rmSync(path.join(root, file));
  for (const { path: file, text } of files) {
    const place = path.join(root, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, text);
  }
  console.log(`${files.length} files, ${found.length} changed.`);
}
