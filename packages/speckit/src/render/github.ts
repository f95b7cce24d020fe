import type { Finding, Severity } from "../model/finding.ts";

const commands: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** Findings as workflow commands, which GitHub shows beside the lines of a pull request. */
export function renderGithub(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, rule, message, fix, location: { file, line, column } }) => {
      const properties = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
      return `::${commands[severity]} ${properties}::${data(`${sentence(message)} ${sentence(fix)}`)}\n`;
    })
    .join("");
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
