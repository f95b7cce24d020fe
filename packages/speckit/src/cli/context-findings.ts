import type { Recipe } from "../authoring/recipes.ts";
import type { Snippet } from "../authoring/snippet.ts";
import { checkWorkspace, compareFindings } from "../check-workspace.ts";
import { checks } from "../checks/index.ts";
import { suppress } from "../checks/suppress.ts";
import type { Service } from "../model/workspace.ts";
import { readSuppressions } from "../node/suppressions-file.ts";
import type { Io, Options } from "./command.ts";
import { compareWithBaseline } from "./compare-with-baseline.ts";
import type { OpenWorkspace } from "./open-workspace.ts";

const MOST = 10;
const rank = { error: 0, warning: 1, info: 2 } as const;

/** What is wrong already, worst first; notes are not worth an agent's tokens. Changes count where contracts are the subject. */
export function findingSnippets(
  { read }: OpenWorkspace,
  service: Service | undefined,
  { command }: Recipe,
  options: Options,
  io: Io,
): Snippet[] {
  const changes = /contracts|analyze/.test(command)
    ? compareWithBaseline(read, { ...options, quiet: true }, io).findings
    : [];
  const found = [...checkWorkspace(read.workspace, checks, read.locate), ...changes].sort(compareFindings);
  const today = new Date(io.now()).toISOString().slice(0, 10);
  const { findings } = suppress(found, readSuppressions(read.root), read.textOf, today);
  return findings
    .filter((finding) => finding.severity !== "info" && (!service || finding.service === service.name))
    .sort((a, b) => rank[a.severity] - rank[b.severity])
    .slice(0, MOST)
    .map(({ rule, severity, message, fix, location: { file, line }, service: name, consumers = [] }) => ({
      kind: "finding",
      file,
      line,
      endLine: line,
      headings: [rule],
      text: `${severity} ${rule}: ${message}${consumers.length > 0 ? ` (consumers: ${consumers.join(", ")})` : ""} → ${fix}`,
      service: name,
    }));
}
