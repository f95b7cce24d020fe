import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { claimService } from "../../src/node/implement/lock.ts";
import { folderWith } from "../run-cli.ts";
import { agentShop, speckit } from "./processes.ts";
import { dir, exists, run, shopWith, three, write } from "./shop.ts";

describe("two at once", () => {
  test("the second is turned away, and nothing is done twice", async () => {
    const { root, asked, waiting } = agentShop();
    const first = speckit(root, "implement", "--author", "agent:mine", "--yes");
    await first.until("the agent is at work", () => waiting() > 0);
    const { code, err } = await run(root, ["implement", "--author", "agent:mine", "--yes"]);
    expect(code).toBe(2);
    expect(err).toMatch(
      /^speckit: Another speckit \(process \d+\) works on services\/auth-service\. Wait until it has ended, or end it\.\n$/,
    );
    expect((await run(root, ["implement", "--dry-run"])).code).toBe(0);
    first.kill("SIGINT");
    await first.ended;
    expect(asked()).toEqual(["1.1", "1.2"]);
    expect((await run(root, ["implement"])).code).toBe(0);
  });

  test("of many at once one works, and every task is done once", async () => {
    const { root, elsewhere, asked } = agentShop();
    writeFileSync(join(elsewhere, "go-on"), "");
    const runs = Array.from({ length: 4 }, () =>
      speckit(root, "implement", "--author", "agent:mine", "--yes"),
    );
    const codes = await Promise.all(runs.map(({ ended }) => ended));
    expect(codes.sort(), runs.map(({ said }) => said()).join("\n")).toEqual([0, 2, 2, 2]);
    expect(asked()).toEqual(["1.1", "1.2", "1.3"]);
  });

  test("nothing is written where a link leads out of the workspace", async () => {
    const elsewhere = folderWith({});
    const root = shopWith(three, { ".speckit": { linkTo: elsewhere } });
    const { code, err } = await run(root, ["implement"]);
    expect(code).toBe(2);
    expect(err).toContain(".speckit is a link out of");
    expect(readdirSync(elsewhere).filter((name) => name !== "cache")).toEqual([]);
  });

  test("another service is nobody's concern", () => {
    const root = shopWith(three);
    const release = claimService(root, dir);
    claimService(root, "services/user-service")();
    expect(() => claimService(root, dir)).toThrow("Another speckit");
    release();
    claimService(root, dir)();
  });

  test.each([
    { given: "of a process that is gone", text: '{ "pid": 999999999, "token": "x" }' },
    {
      given: "whose number another process has now",
      text: JSON.stringify({ pid: process.pid, began: "1", token: "x" }),
      onlyWhere: existsSync("/proc/self/stat"),
    },
    { given: "that was cut off while it was written", text: '{ "pid": 12' },
    { given: "that is empty", text: "" },
  ])("a claim $given is taken over", ({ text, onlyWhere = true }) => {
    const root = shopWith(three);
    mkdirSync(join(root, `.speckit/checkpoints/${dir}`), { recursive: true });
    write(root, `.speckit/checkpoints/${dir}/lock`, text);
    if (!onlyWhere) return expect(() => claimService(root, dir)).toThrow("Another speckit");
    claimService(root, dir)();
    expect(exists(root, `.speckit/checkpoints/${dir}/lock`)).toBe(false);
  });
});
