// Puts the command line and the packages it uses into a few files, one for each command and some for what commands share: loading two hundred
// small modules takes longer than reading a small fleet, and agents start a command hundreds of times in a session.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/**
 * @param {string} home The package's folder.
 * @param {string} out Where to write `start.js`, `cli.js` and `read-worker.js`, what they load, and the licences of what is in them.
 */
export async function bundleCli(home, out) {
  const { metafile } = await build({
    absWorkingDir: home,
    entryPoints: {
      start: "src/cli/start.ts",
      cli: "src/cli/index.ts",
      "read-worker": "src/node/read-worker.ts",
    },
    outdir: out,
    bundle: true,
    splitting: true,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // Those who draft with a model install these; nobody else has to.
    external: ["ai", "@ai-sdk/*"],
    // Some packages have a second form for bundlers, which can be taken apart.
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    chunkNames: "[name]-[hash]",
    legalComments: "none",
    // What remains of CommonJS in packages asks for Node's own modules this way.
    banner: {
      js: 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);',
    },
  });
  writeFileSync(join(out, "LICENSES.txt"), licences(home, Object.keys(metafile.inputs)));
}

/**
 * The licences of the packages that files came from.
 * @param {string} home
 * @param {readonly string[]} files
 */
function licences(home, files) {
  const folders = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const path = join(home, folder);
      const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
      const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file === undefined ? "" : readFileSync(join(path, file), "utf8");
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    })
    .join("\n----\n\n");
}
