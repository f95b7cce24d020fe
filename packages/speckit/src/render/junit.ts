import type { Finding } from "../model/finding.ts";
import { groupBy } from "../model/group-by.ts";
import type { CheckReport } from "./report.ts";

/** Findings as a JUnit report: a suite a rule, a case a finding. A case fails when the finding fails the run. */
export function renderJunit({ command, strict, findings, verified }: CheckReport): string {
  const fails = ({ severity }: Finding) => severity === "error" || (strict && severity === "warning");
  const holding = verified
    .filter(({ ok }) => ok)
    .map(({ holds }) => `    <testcase classname="${text(command)}" name="${text(holds)}"/>`);
  const suites = [...groupBy(findings, ({ rule }) => rule)].map(([rule, group]) =>
    suite(
      rule,
      group.map((finding) => testCase(finding, fails(finding))),
      group.filter(fails).length,
    ),
  );
  const passed = holding.length === 0 ? [] : [suite(command, holding, 0)];
  const counts = `tests="${holding.length + findings.length}" failures="${findings.filter(fails).length}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="speckit" ${counts}>\n${[...passed, ...suites].join("\n")}\n</testsuites>\n`;
}

function suite(name: string, cases: readonly string[], failures: number): string {
  return `  <testsuite name="${text(name)}" tests="${cases.length}" failures="${failures}">\n${cases.join("\n")}\n  </testsuite>`;
}

function testCase(
  { rule, severity, message, fix, location: { file, line } }: Finding,
  fails: boolean,
): string {
  const head = `    <testcase classname="${text(rule)}" name="${text(`${file}:${line} ${message}`)}" file="${text(file)}" line="${line}">`;
  const inside = fails
    ? `<failure type="${severity}" message="${text(message)}">${text(fix)}</failure>`
    : `<system-out>${severity}: ${text(fix)}</system-out>`;
  return `${head}\n      ${inside}\n    </testcase>`;
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
