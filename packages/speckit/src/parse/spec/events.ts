import type { Marker } from "../../model/markdown.ts";
import type { EventSection } from "../../model/spec.ts";
import type { Block, TextLine } from "../markdown/blocks.ts";
import { withoutClarifications } from "../markdown/clarifications.ts";
import { type Field, fieldOf, readFields } from "../markdown/fields.ts";
import { plainText } from "../markdown/inline.ts";
import type { Chapter } from "./chapters.ts";
import { saysNothing } from "./service-parts.ts";

const keys = {
  from: /^(?:from|source|producer|published by|publisher)$/,
  topic: /^(?:topic|channel|queue|exchange|routing key|subject)$/,
  trigger: /^(?:trigger|triggered (?:by|when)|when)$/,
  action: /^(?:action|handling|handler|purpose|what happens|effect)$/,
  payload: /^(?:payload|data|fields|payload fields|schema)$/,
  consumers: /^(?:consumers?|consumed by|subscribers?)$/,
  idempotency: /^idempoten/,
  errorHandling: /^(?:error handling|errors?|on error|failure handling|on failure|retry|retries)/,
};

/** `### Event: order.created`, `### OrderCreated (v2)`: the event's name alone, in code or not. */
const eventTitle =
  /^(?:[Ee]vent\b\s*:?\s*)?([\p{L}\p{N}][\w-]*(?:[.:/][\w-]+)+|\p{Lu}\p{L}*\p{Ll}\p{Lu}\p{L}*)(?:\s*\(.*\))?$/u;
const anyEvent = /^event\s*:\s*(\S+)/i;

/** Reads the blocks of the events that a service publishes or consumes: headings with fields, or rows of a table. */
export function readEventSections(
  file: string,
  chapters: readonly Chapter[],
  role: "published" | "consumed",
): EventSection[] {
  return chapters
    .filter((chapter) => chapter.role === role)
    .flatMap((chapter) => [
      ...headedEvent(file, chapter),
      ...chapter.blocks.flatMap((block) => tabledEvents(file, block)),
    ]);
}

function headedEvent(file: string, { title, line, own, blocks }: Chapter): EventSection[] {
  const event = own === undefined ? (anyEvent.exec(title)?.[1] ?? eventTitle.exec(title)?.[1]) : undefined;
  if (event === undefined) return [];
  const fields = readFields(blocks);
  const value = (key: RegExp) => nonEmpty(fieldOf(fields, key)?.value);
  const topic = fieldOf(fields, keys.topic);
  return [
    {
      event,
      at: { file, line, column: 1 },
      from: withoutClarifications(value(keys.from) ?? "").trim() || undefined,
      topic: topic && topic.value !== "" ? marker(file, { ...topic, text: topic.value }) : undefined,
      trigger: value(keys.trigger),
      action: value(keys.action),
      payload: payloadOf(file, fieldOf(fields, keys.payload)),
      consumers: consumersOf(file, fieldOf(fields, keys.consumers)),
      idempotency: value(keys.idempotency),
      errorHandling: value(keys.errorHandling),
    },
  ];
}

function nonEmpty(value: string | undefined): string | undefined {
  const text = plainText(value ?? "");
  return text === "" ? undefined : text;
}

function marker(file: string, { text, line, column }: TextLine): Marker {
  return { text: plainText(text), at: { file, line, column } };
}

const fieldName = /^`?([\p{L}_$][\w$.-]*)(?:\[\])?\??`?/u;

/** Field names of a payload, from the list below it or from a line such as `orderId, userId`. */
function payloadOf(file: string, field: Field | undefined): Marker[] | undefined {
  if (!field) return undefined;
  if (field.items.length > 0) {
    return field.items.flatMap((item) => {
      const name = fieldName.exec(item.text.replace(/^\*\*/, ""))?.[1];
      return name === undefined ? [] : [marker(file, { ...item, text: name })];
    });
  }
  const names = plainText(field.value)
    .replace(/^\{(.*)\}$/, "$1")
    .split(/\s*[,，、]\s*/);
  if (!names.every((name) => /^[\p{L}_$][\w$]*(?:\[\])?\??$/u.test(name))) return undefined;
  return names.map((name) => marker(file, { ...field, text: name.replace(/(?:\[\])?\??$/, "") }));
}

function consumersOf(file: string, field: Field | undefined): Marker[] {
  if (!field) return [];
  const lines = field.items.length > 0 ? field.items : field.lines;
  return lines.flatMap((line) =>
    Array.from(
      withoutClarifications(line.text)
        .replace(/\([^)]*\)/g, (text) => " ".repeat(text.length))
        .matchAll(/[^,，、;]+/g),
      ({ 0: part, index }) => {
        const name = part.trim();
        return marker(file, {
          text: name,
          line: line.line,
          column: line.column + index + part.indexOf(name),
        });
      },
    ).filter(({ text }) => text !== "" && !saysNothing(text)),
  );
}

function tabledEvents(file: string, block: Block): EventSection[] {
  if (block.kind !== "table") return [];
  const columns = block.header.map((cell) => plainText(cell).toLowerCase());
  const column = (key: RegExp) => columns.findIndex((name) => key.test(name));
  const event = column(/^(?:event|event type|name|event name|事件|イベント)/);
  if (event === -1) return [];
  return block.rows.flatMap(({ cells, columns: starts, line }): EventSection[] => {
    const name = plainText(cells[event] ?? "");
    if (name === "" || saysNothing(name)) return [];
    const cell = (key: RegExp): Field | undefined => {
      const index = column(key);
      const value = cells[index] ?? "";
      const at = { line, column: starts[index] ?? 1 };
      return value === "" ? undefined : { key: "", value, ...at, lines: [{ text: value, ...at }], items: [] };
    };
    const topic = cell(keys.topic);
    return [
      {
        event: name,
        at: { file, line, column: 1 },
        from: nonEmpty(cell(keys.from)?.value),
        topic: topic ? marker(file, { ...topic, text: topic.value }) : undefined,
        trigger: nonEmpty(cell(keys.trigger)?.value),
        action: nonEmpty(cell(keys.action)?.value),
        payload: payloadOf(file, cell(keys.payload)),
        consumers: consumersOf(file, cell(keys.consumers)),
        idempotency: nonEmpty(cell(keys.idempotency)?.value),
        errorHandling: nonEmpty(cell(keys.errorHandling)?.value),
      },
    ];
  });
}
