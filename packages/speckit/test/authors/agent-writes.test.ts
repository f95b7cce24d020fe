import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { goodSpec, programs, runIn, runsIn, shop, specifyBy, userSpec } from "./stage.ts";

const good = goodSpec("user-service", "Profile");
const answer = `say({ type: "assistant", message: { content: [{ type: "text", text: document(${JSON.stringify(good)}) }] } });
say({ type: "result", subtype: "success", is_error: false, result: "", usage: { input_tokens: 10, output_tokens: 10 } });`;

describe("an agent that writes the file itself", () => {
  const writes = (text: string) =>
    `fs.writeFileSync(${JSON.stringify(userSpec)}, ${JSON.stringify(text)});\nsay({ type: "assistant", message: { content: "I wrote spec.md." } });`;

  test("has drafted", async () => {
    const { code, cwd } = await specifyBy({
      kimi: `fs.writeFileSync(${JSON.stringify(userSpec)}, ${JSON.stringify(good)}); say({ role: "assistant", content: "Done." });`,
    });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(good);
  });

  /** Somebody stands in the folder of the feature: its specification is revised. */
  async function reviseBy(script: string, more: Readonly<Record<string, string>> = {}) {
    const cwd = shop({ [userSpec]: good, ...more });
    const env = { PATH: programs({ claude: script }) };
    const argv = ["specify", "Create user profile", "--author=agent:claude", "--quiet"];
    const result = await runIn({ cwd: join(cwd, userSpec, ".."), env }, argv);
    return { ...result, cwd, text: readFileSync(join(cwd, userSpec), "utf8") };
  }

  test.each([
    { given: "answers with it too", says: `document(${JSON.stringify(good)})` },
    { given: "answers with a report", says: JSON.stringify("## Summary\n\nI wrote spec.md.") },
  ])("and $given has drafted, and is asked once", async ({ says }) => {
    const { code, err, notes, cwd } = await specifyBy({
      kimi: `fs.writeFileSync(${JSON.stringify(userSpec)}, ${JSON.stringify(good)}); say({ role: "assistant", content: ${says} });`,
    });
    expect({ code, runs: notes.length }).toEqual({ code: 0, runs: 1 });
    expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(good);
    expect(err).toContain(`What was written to ${userSpec} meanwhile is in .speckit/aside/${userSpec}.\n`);
  });

  test("though it may only read: somebody was first, its draft is kept, and nobody pays again", async () => {
    const theirs = good.replace("15 minutes", "20 minutes");
    const { code, err, notes, cwd } = await specifyBy(
      { claude: `fs.writeFileSync(${JSON.stringify(userSpec)}, ${JSON.stringify(theirs)});\n${answer}` },
      ["--quiet"],
    );
    expect({ code, runs: notes.length }).toEqual({ code: 2, runs: 1 });
    expect(err).toBe(
      `speckit: Somebody wrote ${userSpec} meanwhile, and it is as they wrote it. The draft is in .speckit/aside/${userSpec}.\n`,
    );
    expect(readFileSync(join(cwd, userSpec), "utf8")).toBe(theirs);
    expect(readFileSync(join(cwd, ".speckit/aside", userSpec), "utf8")).toBe(good);
    expect(runsIn(cwd)).toMatchObject([{ outcome: "superseded" }]);
  });

  test("over what a person wrote and answers with it too takes nothing away", async () => {
    const byHand = `${good}\n## Notes\n\nAsk Ada.\n`;
    const cwd = shop({ [userSpec]: byHand });
    const script = `fs.writeFileSync(${JSON.stringify(userSpec)}, ${JSON.stringify(good)}); say({ role: "assistant", content: document(${JSON.stringify(good)}) });`;
    const argv = ["specify", "Create user profile", "--author=agent:kimi", "--quiet"];
    const { code } = await runIn(
      { cwd: join(cwd, userSpec, ".."), env: { PATH: programs({ kimi: script }) } },
      argv,
    );
    expect({ code, text: readFileSync(join(cwd, userSpec), "utf8") }).toEqual({ code: 0, text: byHand });
  });

  test("takes nothing away that a person wrote; what it wrote is put aside", async () => {
    const { code, out, cwd, text } = await reviseBy(writes("# Nothing\n"));
    expect({ code, text }).toEqual({ code: 0, text: good });
    expect(out).toContain("001-user-profile/spec.md is up to date");
    expect(readFileSync(join(cwd, ".speckit/aside", userSpec), "utf8")).toBe("# Nothing\n");
  });

  test("again keeps what was put aside before", async () => {
    const aside = `.speckit/aside/${userSpec}`;
    const first = await reviseBy(writes("# One\n"), { [aside]: "# Zero\n" });
    expect(readFileSync(join(first.cwd, aside), "utf8")).toBe("# Zero\n");
    expect(readFileSync(join(first.cwd, `${aside}.2`), "utf8")).toBe("# One\n");
  });

  test("and fails then leaves the document as it was", async () => {
    const { code, err, text } = await reviseBy(`${writes("# Half")}\nprocess.exit(1);`);
    expect({ code, text }).toEqual({ code: 2, text: good });
    expect(err).toContain(`What was written to ${userSpec} meanwhile is in .speckit/aside/${userSpec}.`);
  });
});
