import { createLocate } from "../parse/locate.ts";
import { parseTree } from "../parse/tree.ts";
import type { RecordedEvent } from "../verify/events.ts";

/** A recording that cannot be read; the message says where and why. */
export class RecordingUnreadable extends Error {}

/**
 * Reads recorded events: a JSON array, or one JSON document a line.
 * @throws RecordingUnreadable
 */
export function recordedEvents(file: string, text: string): RecordedEvent[] {
  return /^\s*\[/.test(text) ? eventsInArray(file, text) : eventsByLine(file, text);
}

function eventsInArray(file: string, text: string): RecordedEvent[] {
  const { value, problems } = parseTree(`${file}.json`, text);
  const [problem] = problems;
  if (!Array.isArray(value))
    throw new RecordingUnreadable(
      `${file} cannot be read: ${problem?.message.replace(`${file}.json `, "it ") ?? "it is no list of events."}`,
    );
  const { locate } = createLocate(
    () => text,
    () => undefined,
  );
  const places = locate(value.map((_, index) => ({ file: `${file}.json`, pointer: `/${index}` })));
  return value.map((event: unknown, index) => ({
    value: event,
    at: { file, line: places[index]?.line ?? 1, column: places[index]?.column ?? 1 },
  }));
}

function eventsByLine(file: string, text: string): RecordedEvent[] {
  return text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [{ value: JSON.parse(line) as unknown, at: { file, line: index + 1, column: 1 } }];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new RecordingUnreadable(`${file}:${index + 1}: one event a line is expected, as JSON: ${reason}`);
    }
  });
}
