import type { Location } from "../../model/location.ts";
import type { Marker } from "../../model/markdown.ts";
import type { TaskDependencies } from "../../model/task-list.ts";
import type { TextLine } from "../markdown/blocks.ts";
import type { Field } from "../markdown/fields.ts";
import { plainText } from "../markdown/inline.ts";
import { numberedTask, taskId, taskIdsIn } from "./task-ids.ts";

const key =
  /^(?:depend(?:s(?: on)?|enc(?:y|ies))|blocked by|prerequisites?|requires|依赖(?:任务|关系)?|依賴|依存(?:関係|タスク)?|前置(?:任务|条件)?|의존(?:성)?|dependencias?|dependências?|dépendances?|dépend de|abhängigkeiten|зависимости|зависит от)$/iu;
const words =
  "depend(?:s|ing)?(?: up)?on|depends? on|blocked by|requires|after|must follow|依赖于|依赖|依賴於|依賴|依存|前置|의존|depende(?:n)? de|dépend de|hängt ab von|зависит от";
const one = `(?:${numberedTask.replace("(\\d", "(?:\\d")}|${taskId})`;
const between = String.raw`\s*(?:,|、|，|\+|&|/|and|und|y|e|et|和|与|と|to|-|–|—|~)\s*(?:and\s+)?`;
const phrase = new RegExp(
  `(?:${words})\\s*[:：]?\\s*((?:${one})(?:${between}(?:${one}|\\d{3}(?!\\d)))*)`,
  "giu",
);

/** What a task waits for: its `Dependencies:` line, and every "(depends on T003)" in its text. */
export function readDependencies(
  file: string,
  fields: readonly Field[],
  lines: readonly TextLine[],
): TaskDependencies {
  const tasks: Marker[] = [];
  const packages: string[] = [];
  let all = false;
  const add = (ids: readonly string[], at: Location) => {
    for (const id of ids) if (!tasks.some(({ text }) => text === id)) tasks.push({ text: id, at });
  };
  for (const field of fields.filter((one) => key.test(one.key))) {
    const at = { file, line: field.line, column: field.column };
    for (const part of partsOf([field.value, ...field.items.map(({ text }) => text)])) {
      const ids = taskIdsIn(part, true);
      add(ids, at);
      all ||=
        ids.length === 0 &&
        /^(?:all|every|everything|alle|todas?|todos|全部|所有|すべて|все)(?!\p{L})/iu.test(part);
      if (ids.length === 0 && packageName.test(part) && !none.test(part)) packages.push(part);
    }
  }
  for (const { text, line, column } of lines) {
    for (const match of text.matchAll(phrase)) {
      add(taskIdsIn(match[1] ?? "", true), { file, line, column: column + match.index });
    }
  }
  return { tasks, packages, all };
}

const packageName = /^(?:@[\w.-]+\/)?[\w][\w.+/-]*(?:\[[\w,]+\])?(?:\s*(?:[<>=~^!]=?|@)\s*[\w.*^~-]+)?$/;
const none = /^(?:none|no|n\/a|ninguna?|nenhuma?|aucune|keine|нет|无|無|なし|없음)$/iu;

/** Split at commas, except inside of parentheses. */
function partsOf(values: readonly string[]): string[] {
  return values
    .flatMap((value) => plainText(value).split(/[,、，;]\s*(?![^()]*\))/))
    .map((part) => part.replace(/\.$/, "").trim())
    .filter((part) => part !== "");
}
