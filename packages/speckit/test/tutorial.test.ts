import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { programs, runIn } from "./authors/stage.ts";
import { standIns } from "./walkthrough/stand-ins.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const pages = join(root, "docs/tutorial");
const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** Nothing is downloaded here. */
const path = `${programs(standIns)}${delimiter}${process.env.PATH}`;

/** A block of a page: `sh` for the shell, `bash` for speckit, and `text` for what the block before it prints. */
interface Block {
  readonly whole: string;
  readonly kind: string;
  readonly text: string;
}

function blocksOf(text: string): Block[] {
  return Array.from(text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), ([whole, kind = "", inner = ""]) => ({
    whole,
    kind,
    text: inner,
  }));
}

const theShop = { begins: "cp -r examples/ecommerce-platform ~/shop", folder: copyOfTheShop };
const nothing = { begins: "mkdir ~/ecommerce-platform && cd ~/ecommerce-platform", folder: emptyFolder };

test.each([
  { name: "check-a-fleet.md", ...theShop },
  { name: "change-a-service.md", ...theShop },
  { name: "investigate-an-error.md", ...theShop },
  { name: "build-a-platform.md", ...nothing },
])("$name is true from beginning to end", async ({ name, begins, folder: begin }) => {
  const page = join(pages, name);
  const written = readFileSync(page, "utf8");
  const [setUp, ...blocks] = blocksOf(written);
  expect(setUp?.text).toContain(begins);
  let folder = begin();
  let printed = "";
  let truth = "";
  let rest = written;
  for (const { kind, text, whole } of blocks) {
    if (kind === "sh") ({ folder, printed } = shell(text, folder));
    else if (kind === "bash") printed = await speckit(text, folder);
    const [before = ""] = rest.split(whole, 1);
    rest = rest.slice(before.length + whole.length);
    truth += before + (kind === "text" ? `\`\`\`text\n${printed}\`\`\`` : whole);
  }
  // `npm test -- tutorial -u` writes what is true now.
  await expect(truth + rest).toMatchFileSnapshot(page);
});

test("each page of the tutorial is tested", () => {
  const tested = readFileSync(fileURLToPath(import.meta.url), "utf8");
  const unknown = readdirSync(pages).filter(
    (name) => name !== "README.md" && !tested.includes(`name: "${name}"`),
  );
  expect(unknown).toEqual([]);
});

function copyOfTheShop(): string {
  const home = mkdtempSync(join(tmpdir(), "speckit-tutorial-"));
  homes.push(home);
  const shop = join(home, "shop");
  // What npm and builds put there is not of the fleet.
  const filter = (file: string) => !/[\\/](?:node_modules|dist|\.data|\.speckit)$/.test(file);
  cpSync(join(root, "examples/ecommerce-platform"), shop, { recursive: true, filter });
  const user = "-c user.name=speckit -c user.email=speckit@example.com -c commit.gpgsign=false";
  return shell(`git init --quiet && git add --all && git ${user} commit --quiet --message Before`, shop)
    .folder;
}

function emptyFolder(): string {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "speckit-tutorial-")));
  homes.push(home);
  const folder = join(home, "ecommerce-platform");
  mkdirSync(folder);
  return folder;
}

async function speckit(line: string, folder: string): Promise<string> {
  const words = Array.from(line.trim().matchAll(/(?:"[^"]*"|[^\s"])+/g), ([word]) => word.replace(/"/g, ""));
  const { out, err } = await runIn({ cwd: folder, env: { PATH: path } }, words.slice(1));
  // How far it is, is told on standard error.
  if (words[1] !== "implement") expect(err).toBe("");
  expect(out).not.toBe("");
  return out;
}

/** Tells the folder that the script ends in, and what it printed. */
function shell(script: string, cwd: string): { folder: string; printed: string } {
  const env = { ...process.env, PATH: path, CHECKOUT: root };
  const run = spawnSync("sh", ["-e", "-c", `${script}\npwd`], { cwd, env, encoding: "utf8" });
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
  const lines = run.stdout.trim().split("\n");
  return { folder: lines.pop() ?? cwd, printed: lines.map((line) => `${line}\n`).join("") };
}
