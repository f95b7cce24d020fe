import { groupBy } from "../model/group-by.ts";
import type { CheckReport } from "./report.ts";

/** Findings as a JUnit report: a suite a rule, a case a finding; what only informs is a passed case. */
export function renderJunit({ command, findings, verified }: CheckReport): string {
  const holding = verified
    .filter(({ ok }) => ok)
    .map(({ holds }) => `    <testcase classname="${text(command)}" name="${text(holds)}"/>`);
  const suites = [...groupBy(findings, ({ rule }) => rule)].map(([rule, group]) => {
    const failures = group.filter(({ severity }) => severity !== "info").length;
    const cases = group.map(({ severity, message, fix, location: { file, line } }) => {
      const head = `    <testcase classname="${text(rule)}" name="${text(`${file}:${line} ${message}`)}" file="${text(file)}" line="${line}"`;
      return severity === "info"
        ? `${head}/>`
        : `${head}>\n      <failure type="${severity}" message="${text(message)}">${text(fix)}</failure>\n    </testcase>`;
    });
    return `  <testsuite name="${text(rule)}" tests="${group.length}" failures="${failures}">\n${cases.join("\n")}\n  </testsuite>`;
  });
  const passed =
    holding.length === 0
      ? []
      : [
          `  <testsuite name="${text(command)}" tests="${holding.length}" failures="0">\n${holding.join("\n")}\n  </testsuite>`,
        ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="speckit">\n${[...passed, ...suites].join("\n")}\n</testsuites>\n`;
}

/** Text for XML 1.0: markup escaped, characters that XML does not know left out. */
function text(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML 1.0 has no way to write
  const known = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return known
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\n/g, "&#10;");
}
