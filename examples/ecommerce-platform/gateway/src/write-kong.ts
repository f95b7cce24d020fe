import fs from "node:fs";
import path from "node:path";
import { kongConfiguration } from "./kong.ts";
import { readContracts } from "./routes.ts";

// Writes deploy/kong.yml; with --check only says whether it is as the contracts want it.
const root = path.join(import.meta.dirname, "..", "..");
const file = path.join(root, "deploy", "kong.yml");
const wanted = kongConfiguration(readContracts(root));

if (process.argv.includes("--check")) {
  if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== wanted) {
    process.stderr.write(
      "deploy/kong.yml is not what the contracts say. Write it with `npm run kong -w @shop/gateway`.\n",
    );
    process.exitCode = 1;
  }
} else {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, wanted);
}
