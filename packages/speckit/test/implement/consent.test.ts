import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Io, Options } from "../../src/cli/command.ts";
import { askAtTerminal, consentOf } from "../../src/cli/implement/consent.ts";
import { progressLine } from "../../src/cli/implement/progress-line.ts";
import { progressBar } from "../../src/render/progress-bar.ts";

describe("consent", () => {
  const io = (more: Partial<Io>, said: string[] = []) =>
    ({
      isTerminal: false,
      input: () => undefined,
      writeError: (text: string) => said.push(text),
      ...more,
    }) as unknown as Io;

  const nobody = () => Promise.reject(new Error("nobody is to be asked"));
  const keyboard = () => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => {} });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
    let drawn = "";
    output.on("data", (text) => {
      drawn += String(text);
    });
    return { input, output, isDrawn: () => drawn.includes("npm test") };
  };

  test("--yes agrees, and what runs is shown", async () => {
    const said: string[] = [];
    expect(await consentOf({ yes: true }, io({}, said), nobody)("npm test", "services/auth-service")).toBe(
      true,
    );
    expect(said).toEqual(["Running `npm test` in services/auth-service\n"]);
  });

  test("nobody agrees where nobody sits", async () => {
    expect(await consentOf({}, io({}), nobody)("npm test", ".")).toBe(false);
    expect(await consentOf({ json: true }, io({ isTerminal: true }), nobody)("npm test", ".")).toBe(false);
  });

  test("a person is asked once for each command", async () => {
    const asked: string[] = [];
    const consent = consentOf({}, io({ isTerminal: true }), async (message) => {
      asked.push(message);
      return message.includes("npm test");
    });
    const answers = [
      await consent("npm test", "."),
      await consent("npm start", "."),
      await consent("npm test", "."),
      await consent("npm start", "."),
    ];
    expect(answers).toEqual([true, false, true, false]);
    expect(asked).toEqual(["Run `npm test` here?", "Run `npm start` here?"]);
  });

  test("who leaves has not said no", async () => {
    const answers = [undefined, true];
    const consent = consentOf({}, io({ isTerminal: true }), async () => answers.shift());
    expect([await consent("npm test", "."), await consent("npm test", ".")]).toEqual([undefined, true]);
  });

  test.each([
    { given: "the end of input", leave: (input: PassThrough) => input.end() },
    { given: "a closed terminal", leave: (input: PassThrough) => input.destroy(new Error("read EIO")) },
    { given: "the end of the run", leave: (_: PassThrough, run: AbortController) => run.abort() },
  ])("$given is no answer", async ({ leave }) => {
    const { input, output, isDrawn } = keyboard();
    const ended = new AbortController();
    const answered = askAtTerminal(ended.signal, { input, output })("Run `npm test` here?");
    await expect.poll(isDrawn).toBe(true);
    leave(input, ended);
    expect(await answered).toBeUndefined();
  });

  test.each([
    { key: "y", keys: "y", answer: true },
    { key: "n", keys: "n", answer: false },
    { key: "Ctrl-C", keys: "\x03", answer: undefined },
    { key: "Ctrl-D", keys: "\x04", answer: undefined },
  ])("the key $key answers $answer", async ({ keys, answer }) => {
    const { input, output } = keyboard();
    const signal = new AbortController().signal;
    const answered = askAtTerminal(signal, { input, output })("Run `npm test` here?");
    let isAnswered = false;
    void answered.then(() => {
      isAnswered = true;
    });
    // The question listens once it is drawn.
    while (!isAnswered) {
      input.write(keys);
      await wait(20);
    }
    expect(await answered).toBe(answer);
  });
});

describe("progress", () => {
  const state = { done: 3, total: 12, tokens: 12_340, leftMs: 240_000, doing: "Task 1.4" };

  test.each([
    {
      given: "in the middle",
      state,
      line: "████░░░░░░░░░░░░ 3/12 tasks, 12,340 tokens, about 4 min left: Task 1.4",
    },
    {
      given: "at the beginning",
      state: { ...state, done: 0, tokens: 0, leftMs: undefined, doing: "T001" },
      line: "░░░░░░░░░░░░░░░░ 0/12 tasks: T001",
    },
    {
      given: "at the end",
      state: { ...state, done: 12, doing: "" },
      line: "████████████████ 12/12 tasks, 12,340 tokens",
    },
    {
      given: "soon done",
      state: { ...state, leftMs: 20_400, doing: "" },
      line: "████░░░░░░░░░░░░ 3/12 tasks, 12,340 tokens, about 20 s left",
    },
  ])("$given", ({ state: now, line }) => {
    expect(progressBar(now, 80)).toBe(line);
  });

  test("fits into the width", () => {
    expect(
      progressBar({ ...state, doing: "Task 1.4 with a very long name that nobody would give it" }, 60),
    ).toHaveLength(59);
  });

  test("is redrawn below what is said at a terminal, plain lines elsewhere, nothing when quiet", () => {
    const shown = (options: Options, redraws: boolean) => {
      let said = "";
      const line = progressLine(options, {
        columns: 80,
        redraws,
        writeError: (text: string) => (said += text),
      } as unknown as Io);
      line.show(state);
      line.io.writeError("Running `npm test`\n");
      line.clear();
      line.show(state);
      line.leave();
      line.io.writeError("claude works\n");
      return said;
    };
    const bar = progressBar(state, 80);
    expect(shown({}, true)).toBe(`${bar}\r\x1b[KRunning \`npm test\`\n${bar}\r\x1b[K${bar}\nclaude works\n`);
    expect(shown({}, false)).toBe(`${bar}\nRunning \`npm test\`\n${bar}\nclaude works\n`);
    expect(shown({ quiet: true }, true)).toBe("Running `npm test`\nclaude works\n");
  });
});
