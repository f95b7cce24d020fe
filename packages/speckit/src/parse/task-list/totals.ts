import type { StatedTotal } from "../../model/task-list.ts";
import type { Block } from "../markdown/blocks.ts";
import { plainText } from "../markdown/inline.ts";
import { cleanTitle } from "../markdown/sections.ts";
import { storiesOfTitle } from "./phases.ts";

const ofTasks =
  /^(?:total (?:number of )?tasks?|total task count|tasks total|总任务数|任务总数|總任務數|任務總數|合計タスク数|総タスク数|タスク総数|총 작업 ?수|total de tareas|total de tarefas|nombre total de tâches|gesamtzahl der aufgaben|всего задач)\s*(?:\([^)]*\))?\s*[:：=]?\s*(\d{1,4})(?![\d.%]|\s*(?:h|hours|days|minutes|小时|天)\b)/iu;
const bareTotal =
  /^(?:total|合计|合計|总计|總計|합계|итого)\s*[:：]\s*(\d{1,4})\s*(?:tasks?\b|个任务|個任務|タスク|작업|tareas|tarefas|задач)/iu;
const ofDone =
  /^(?:completed(?: tasks)?|tasks completed|tasks done|已完成(?:任务)?|完了(?:タスク(?:数)?)?)\s*[:：]\s*(\d{1,4})(?:\s*(?:\/|of|von|de)\s*(\d{1,4}))?(?:\s*(?:tasks?|タスク))?\s*(?:$|[(（,.])/iu;

/** The numbers that a document states about all of its tasks; those of one phase or story are left to it. */
export function readTotals(file: string, blocks: readonly Block[]): StatedTotal[] {
  const totals: StatedTotal[] = [];
  let partial = false;
  for (const block of blocks) {
    if (block.kind === "heading") partial = isPart(block.text);
    if (partial) continue;
    for (const { of, count, line, column } of statedIn(block))
      totals.push({ of, count, at: { file, line, column } });
  }
  return totals;
}

function isPart(heading: string): boolean {
  const title = cleanTitle(heading);
  return storiesOfTitle(title).length > 0 || /phase\s*\d|阶段|階段|フェーズ|mvp|milestone/iu.test(title);
}

interface Stated {
  readonly of: StatedTotal["of"];
  readonly count: number;
  readonly line: number;
  readonly column: number;
}

function statedIn(block: Block): Stated[] {
  if (block.kind === "table") return [...totalRow(block)];
  if (block.kind !== "text" && block.kind !== "item") return [];
  return block.lines.flatMap(({ text, line, column }): Stated[] => {
    const plain = plainText(text);
    const total = (ofTasks.exec(plain) ?? bareTotal.exec(plain))?.[1];
    if (total !== undefined) return [{ of: "tasks", count: Number(total), line, column }];
    const done = ofDone.exec(plain);
    if (!done) return [];
    const both: Stated[] = [{ of: "done", count: Number(done[1]), line, column }];
    return done[2] === undefined ? both : [...both, { of: "tasks", count: Number(done[2]), line, column }];
  });
}

/** `| Total tasks | 124 |`, or the row "Total" below a column that counts tasks. */
function* totalRow({ header, rows }: Extract<Block, { kind: "table" }>): Iterable<Stated> {
  const countColumn = header.findIndex((cell) =>
    /^(?:tasks?(?: count)?|task count|任务数|任務數|タスク数|total)$/iu.test(plainText(cell)),
  );
  for (const { cells, line } of rows) {
    const [label = "", second = ""] = cells.map(plainText);
    const cell = /^total tasks?$/i.test(label)
      ? second
      : /^(?:total|合计|合計|总计)$/iu.test(label)
        ? plainText(cells[countColumn] ?? "")
        : "";
    const count = /^(\d{1,4})(?: tasks?)?$/.exec(cell)?.[1];
    if (count !== undefined) yield { of: "tasks", count: Number(count), line, column: 1 };
  }
}
