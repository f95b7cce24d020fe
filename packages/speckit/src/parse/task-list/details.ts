import type { Task } from "../../model/task-list.ts";
import type { TextLine } from "../markdown/blocks.ts";
import { type Field, fieldOf, readFields } from "../markdown/fields.ts";
import { idsIn } from "../markdown/ids.ts";
import { codeSpans, plainText } from "../markdown/inline.ts";
import { operationsIn } from "../markdown/operations.ts";
import type { TaskDraft } from "../task-list.ts";
import { readAcceptance } from "./acceptance.ts";
import { readDependencies } from "./dependencies.ts";
import { filesIn, filesListed } from "./files.ts";

const isFiles =
  /^(?:files?(?: paths?)?|paths?|location|文件(?:路径)?|檔案|ファイル|파일|archivos?|arquivos?|fichiers?|dateien|файлы?)$/iu;
const isType = /^(?:type|kind|类型|類型|種類|유형|tipo|typ|тип)$/iu;
const isCovers = /^(?:covers|traces?(?: to)?|implements|requirements?|stor(?:y|ies)|user stor(?:y|ies))$/iu;
const isStatus = /^(?:status|state|状态|狀態|ステータス|상태|estado|statut|статус)$/iu;

/** Everything about a task; `fallbackId` for one that has none. */
export function readTask(file: string, draft: TaskDraft, fallbackId: string): Task {
  const { opening, lines, body, phase } = draft;
  const first: TextLine = { text: opening.text, line: opening.line, column: opening.column };
  const own = [first, ...lines];
  const text = own.map((line) => line.text).join(" ");
  const fields = readFields(body);
  const inner = [...own, ...body.flatMap((block) => ("lines" in block ? block.lines : []))];
  const listed = fieldOf(fields, isFiles);
  return {
    id: opening.id ?? fallbackId,
    title: plainText(text),
    at: { file, line: opening.line, column: opening.column },
    state: stateOf(opening.state, fields),
    parallel: opening.parallel,
    stories: opening.stories,
    phase,
    files: listed
      ? [listed.value, ...listed.items.map((item) => item.text)].flatMap(filesListed)
      : filesIn(opening.form === "heading" ? inner.map((line) => line.text).join(" ") : text),
    dependencies: readDependencies(file, fields, inner),
    type: typeOf(fields),
    acceptance: readAcceptance(file, fields),
    covers: coversOf(file, own, fieldOf(fields, isCovers), opening.stories),
  };
}

function stateOf(state: Task["state"], fields: readonly Field[]): Task["state"] {
  const status = fieldOf(fields, isStatus)?.value ?? "";
  if (
    /^[\s*_]*(?:[✅☑✔]|(?:done|completed?|finished|完成|已完成|完了|완료|terminad[oa]|готово)(?![\p{L}\p{N}]))/iu.test(
      status,
    )
  )
    return "done";
  return /^[\s*_]*(?:dropped|cancell?ed|skipped|won't do)/i.test(status) ? "dropped" : state;
}

function typeOf(fields: readonly Field[]): string | undefined {
  const value = fieldOf(fields, isType)?.value;
  return value === undefined || value === "" ? undefined : plainText(value);
}

/** Words of the platform: `order.created`, `placeOrder`. */
const eventName = /^[a-z][\w-]*(?:\.[a-z][\w-]*)+$/;
const operationId = /^[a-z]+[A-Z]\w*$/;

function coversOf(
  file: string,
  own: readonly TextLine[],
  covers: Field | undefined,
  stories: readonly string[],
): string[] {
  const named = covers ? [...covers.lines, ...covers.items] : [];
  const lines = [...own, ...named];
  const requests = lines.flatMap((line) =>
    operationsIn(file, line).flatMap(({ method, path }) => (path === undefined ? [] : [`${method} ${path}`])),
  );
  const ids = lines.flatMap(({ text }) => idsIn(text)).filter((id) => !id.startsWith("T"));
  const spans = named
    .flatMap(({ text }) => codeSpans(text))
    .filter((span) => eventName.test(span) || operationId.test(span));
  const stated = named.flatMap(({ text }) =>
    Array.from(text.matchAll(/(?<![\p{L}\p{N}])P\d{1,3}(?![\p{L}\p{N}])/gu), ([id]) => id),
  );
  return [...new Set([...stories, ...ids, ...stated, ...requests, ...spans])];
}
