import type { Acceptance } from "../../model/task-list.ts";
import { type Field, fieldOf } from "../markdown/fields.ts";
import { codeSpans, plainText } from "../markdown/inline.ts";
import { operationsIn } from "../markdown/operations.ts";

const key =
  /^(?:acceptance(?: criteri(?:a|on))?|done when|verif(?:y|ication)|验收(?:标准|条件)?|驗收(?:標準)?|受け入れ(?:条件|基準)|완료 조건|criterios? de aceptación|crit[ée]rios? d[e'] ?ac\p{L}+|test (?:command|comando)|akzeptanzkriterien|критерии при[её]мки)$/iu;
/** A program and what it is told: `npm run build`, `./gradlew test`, `PORT=3001 npm start`, `! grep -q TODO src/user.ts`. */
const command =
  /^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"']*) +)*(?:! +)?(?:(?:\.{0,2}\/)?[a-z][\w./-]*(?:;? \S|$)|\[ \S)/;
const program = /^(?:make|pytest|jest|vitest|tox|ls|tsc|uvicorn|docker-compose)$/;
/** What may stand beside a command that is all that an acceptance says: a word alone is a program then, and `true` no value. */
const alone =
  /^(?:(?:can )?(?:runs?|running|execut(?:es?|ing))|command|by running)?\s*[:：]?\s*`[^`]+`\s*(?:passes|succeeds|works|runs|is green|ends well|(?:exits|ends|returns)(?: with)?(?: (?:exit )?(?:code|status))? (?:0|zero))?[.;。]?$/i;
const word = /^(?:\.{1,2}\/[\w./-]+|[a-z][a-z\d_-]*)$/;

/** How a task shows that it is done, from its `Acceptance:` line and the list below it. */
export function readAcceptance(file: string, fields: readonly Field[]): Acceptance | undefined {
  const field = fieldOf(fields, key);
  if (!field) return undefined;
  const lines = [...field.lines, ...field.items];
  return {
    text: [field.value, ...field.items.map(({ text }) => text)]
      .map(plainText)
      .filter((text) => text !== "")
      .join("; "),
    commands: lines.flatMap(({ text }) => commandsIn(text)),
    requests: lines.flatMap((line) => operationsIn(file, line)).filter(({ path }) => path !== undefined),
    at: { file, line: field.line, column: field.column },
  };
}

function commandsIn(text: string): string[] {
  const isAlone = alone.test(text.trim());
  return codeSpans(text).filter((span) =>
    span.includes(" ") ? command.test(span) : program.test(span) || (isAlone && word.test(span)),
  );
}
