import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "speckit-tutorial-"));
const shop = join(home, "shop");
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Step {
  readonly kind: "sh" | "bash";
  readonly text: string;
  /** What the page says that it prints; undefined where it says nothing. */
  readonly shown: string | undefined;
}

/** The commands of the page: `sh` for the shell, `bash` for speckit. */
function stepsOf(page: string): Step[] {
  const blocks = Array.from(page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), ([, kind = "", text = ""]) => ({
    kind,
    text,
  }));
  return blocks.flatMap(({ kind, text }, index) => {
    const next = blocks[index + 1];
    const shown = next?.kind === "text" ? next.text : undefined;
    return kind === "sh" || kind === "bash" ? [{ kind, text, shown }] : [];
  });
}

const [setUp, ...steps] = stepsOf(readFileSync(join(root, "docs/tutorial/check-a-fleet.md"), "utf8"));

test("the tutorial is true from beginning to end", async () => {
  expect(setUp?.text).toContain("cp -r examples/ecommerce-platform ~/shop");
  cpSync(join(root, "examples/ecommerce-platform"), shop, { recursive: true });
  const user = "-c user.name=speckit -c user.email=speckit@example.com -c commit.gpgsign=false";
  shell(`git init --quiet && git add --all && git ${user} commit --quiet --message Before`);
  for (const { kind, text, shown } of steps) {
    if (kind === "sh") shell(text);
    else {
      const { out, err } = await runCli(shop, text.trim().split(" ").slice(1));
      expect(err).toBe("");
      if (shown !== undefined) expect(out).toBe(shown);
      expect(out).not.toBe("");
    }
  }
});

function shell(script: string): void {
  const { status, stderr } = spawnSync("sh", ["-e", "-c", script], { cwd: shop, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}
