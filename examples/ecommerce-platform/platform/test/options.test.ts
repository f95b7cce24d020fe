import { expect, test } from "vitest";
import { readCommandLine } from "../src/options.ts";

const usual = { kind: "start", dataDir: ".data", fresh: false, port: 8080, mailPort: 8025, processes: false };

test.each([
  { args: "", means: usual },
  { args: "--data /srv/shop --fresh", means: { ...usual, dataDir: "/srv/shop", fresh: true } },
  { args: "--data=/srv/shop", means: { ...usual, dataDir: "/srv/shop" } },
  {
    args: "--port 9000 --mail-port 9025 --processes",
    means: { ...usual, port: 9000, mailPort: 9025, processes: true },
  },
  { args: "--port 0", means: { ...usual, port: 0 } },
])("`npm run platform -- $args` is understood", ({ args, means }) => {
  expect(readCommandLine(args.split(" ").filter(Boolean))).toEqual(means);
});

test.each([
  { args: "--port 80800", says: '--port is "80800"' },
  { args: "--port=-1", says: '--port is "-1"' },
  { args: "--mail-port web", says: '--mail-port is "web"' },
  { args: "--port 9000 --mail-port 9000", says: "--port and --mail-port are both 9000" },
  { args: "--prot 80", says: "'--prot'" },
  { args: "--data", says: "'--data <value>' argument missing" },
  { args: "--data= --fresh", says: "--data names no folder" },
  { args: "fresh", says: "'fresh'" },
])("`npm run platform -- $args` is told what is wrong", ({ args, says }) => {
  const line = readCommandLine(args.split(" "));
  expect(line.kind).toBe("wrong");
  expect("message" in line && line.message).toContain(says);
});

test("--help lists every option, in 80 columns", () => {
  const line = readCommandLine(["--help"]);
  const text = "text" in line ? line.text : "";
  for (const option of ["--data", "--fresh", "--port", "--mail-port", "--processes"])
    expect(text).toContain(option);
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});
