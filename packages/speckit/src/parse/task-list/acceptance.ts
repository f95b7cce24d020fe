import type { Acceptance } from "../../model/task-list.ts";
import { type Field, fieldOf } from "../markdown/fields.ts";
import { codeSpans, plainText } from "../markdown/inline.ts";
import { operationsIn } from "../markdown/operations.ts";

const key =
  /^(?:acceptance(?: criteri(?:a|on))?|done when|verif(?:y|ication)|验收(?:标准|条件)?|驗收(?:標準)?|受け入れ(?:条件|基準)|완료 조건|criterios? de aceptación|crit[ée]rios? d[e'] ?ac\p{L}+|test (?:command|comando)|akzeptanzkriterien|критерии при[её]мки)$/iu;
/** A program and what it is told: `npm run build`, `./gradlew test`. */
const command = /^(?:\.{0,2}\/)?[a-z][\w./-]*(?: \S|$)/;
const program = /^(?:make|pytest|jest|vitest|tox|ls|tsc|uvicorn|docker-compose)$/;

/** How a task shows that it is done, from its `Acceptance:` line and the list below it. */
export function readAcceptance(file: string, fields: readonly Field[]): Acceptance | undefined {
  const field = fieldOf(fields, key);
  if (!field) return undefined;
  const lines = [...field.lines, ...field.items];
  const spans = lines.flatMap(({ text }) => codeSpans(text));
  return {
    text: [field.value, ...field.items.map(({ text }) => text)]
      .map(plainText)
      .filter((text) => text !== "")
      .join("; "),
    commands: spans.filter((span) => command.test(span) && (span.includes(" ") || program.test(span))),
    requests: lines.flatMap((line) => operationsIn(file, line)).filter(({ path }) => path !== undefined),
    at: { file, line: field.line, column: field.column },
  };
}
