import { expect, test } from "vitest";
import { terminalSvg } from "../terminal-svg.mjs";

const texts = (svg: string) => svg.split("\n").filter((line) => line.startsWith("<text"));

test.each([
  {
    given: "plain text",
    line: "4 services",
    svg: '<text x="20.0" y="35" textLength="84.0">4 services</text>',
  },
  {
    given: "signs of markup",
    line: "a<b&c",
    svg: '<text x="20.0" y="35" textLength="42.0">a&lt;b&amp;c</text>',
  },
  {
    given: "a colour",
    line: "\u001b[31merror\u001b[39m",
    svg: '<text x="20.0" y="35" textLength="42.0" fill="#ff7b72">error</text>',
  },
  {
    given: "a wide sign",
    line: "✅ All",
    svg: '<text x="20.0" y="35" textLength="16.8">✅</text><text x="45.2" y="35" textLength="25.2">All</text>',
  },
])("a line with $given is drawn in its columns", ({ line, svg }) => {
  expect(texts(terminalSvg(line, 80))).toEqual([svg]);
});

test("a style lasts until it is taken back, across lines", () => {
  const rows = texts(terminalSvg("\u001b[1mbold\nbold\u001b[0m plain", 80));
  expect(rows.map((row) => row.match(/font-weight="bold"/g)?.length ?? 0)).toEqual([1, 1]);
});
