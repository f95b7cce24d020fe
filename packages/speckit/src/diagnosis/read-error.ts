import type { ErrorReport, ErrorRequest } from "./error-report.ts";
import { framesIn } from "./frames.ts";
import { type LogEntry, readEntry } from "./log-entry.ts";
import { type LogSource, logSources } from "./log-source.ts";

/** Of a long log the newest errors tell most; older ones repeat them. */
const MOST_LINES = 400;
const MOST_ENTRIES = 20;
/** Lines kept before and after one that tells of an error: what led to it, and its stack trace. */
const BEFORE = 3;
const AFTER = 30;
const LONGEST_LINE = 10_000;

const errorWords =
  /\b(?:panic|fatal|traceback|failed|failure|refused|timed out|killed|denied)\b|(?:error|exception)\b|❌/i;
/** ECONNREFUSED, SoapFault: in small letters these are words such as "every" and "default". */
const errorCode = /\bE[A-Z]{4,}\b|\wFault\b/;
const errorName =
  /^(?:Unhandled exception\. |Exception in thread "[^"]*" )?[\w$.]*(?:Error|Exception|Fault)\b(?=[:\s([]|$)/;
const telling =
  /(?:^|\s)(?:[\w$.]*(?:Error|Exception|Fault)\b[^\n]*|panic: [^\n]*|fatal error: [^\n]*|FATAL[ :][^\n]*|ERROR[ :][^\n]*|❌[^\n]*)/;

/**
 * Reads what somebody has of an error: one line, a stack trace, a problem document, what `speckit verify` printed, lines of a log as text or JSON. Of a
 * long text the parts that tell of errors are kept. Never throws.
 */
export function readError(input: string): ErrorReport {
  const entries = entriesIn(input.replace(/\r\n?/g, "\n").replace(ansi, ""));
  const text = entries.map((entry) => entry.text).join("\n");
  const requests = [...entries.flatMap((entry) => entry.requests), ...requestsIn(text)];
  return {
    text,
    message: messageIn(entries.at(-1)?.text ?? ""),
    frames: framesIn(text),
    status: entries.findLast(({ status }) => status !== undefined)?.status ?? statusIn(text),
    requests: unique(requests, ({ method, path }) => `${method} ${path}`),
    loggers: [...new Set(entries.flatMap(({ logger }) => logger ?? []))],
    rules: [...new Set(entries.flatMap(({ rules }) => rules))],
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of terminals begin with one.
const ansi = /\u001b\[[\d;]*[A-Za-z]/g;

function entriesIn(input: string): LogEntry[] {
  const whole = jsonIn(input);
  if (whole.length > 0) return lastErrors(whole.map(readEntry));
  return lastErrors(logSources(input).flatMap(entriesOf));
}

function entriesOf({ name, lines }: LogSource): LogEntry[] {
  const entries: LogEntry[] = [];
  let plain: string[] = [];
  const flush = () => {
    const text = relevant(plain).join("\n").trim();
    if (text !== "")
      entries.push({
        text,
        isError: tellsOfError(text),
        requests: [],
        status: undefined,
        logger: name,
        rules: [],
      });
    plain = [];
  };
  for (const line of lines) {
    const [value] = line.trimStart().startsWith("{") ? jsonIn(line) : [];
    if (value === undefined) plain.push(line);
    else {
      flush();
      const entry = readEntry(value);
      entries.push({ ...entry, logger: entry.logger ?? name });
    }
  }
  flush();
  return entries;
}

function tellsOfError(text: string): boolean {
  return errorWords.test(text) || errorCode.test(text);
}

/** Objects of a JSON text: itself, or those of a list. */
function jsonIn(text: string): object[] {
  if (!/^\s*[[{]/.test(text)) return [];
  try {
    const value: unknown = JSON.parse(text);
    const objects = Array.isArray(value) ? (value as unknown[]) : [value];
    return objects.filter(
      (one): one is object => typeof one === "object" && one !== null && !Array.isArray(one),
    );
  } catch {
    return [];
  }
}

/** Entries that tell of errors, equal ones once; where none does, everything is kept that is there. */
function lastErrors(entries: readonly LogEntry[]): LogEntry[] {
  const errors = entries.filter(({ isError }) => isError);
  const kept = errors.length > 0 ? errors : entries;
  return unique([...kept].reverse(), ({ text }) => text)
    .slice(0, MOST_ENTRIES)
    .reverse()
    .map((entry) => ({ ...entry, text: withoutEndlessLines(entry.text) }));
}

/** What a minifier or a dump put on one line says nothing more, and takes long to look through. */
function withoutEndlessLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.slice(0, LONGEST_LINE))
    .join("\n");
}

function relevant(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  const kept = new Set<number>();
  for (let at = lines.length - 1; at >= 0 && kept.size < MOST_LINES; at--) {
    if (!tellsOfError((lines[at] ?? "").slice(0, 2000))) continue;
    for (let near = Math.max(0, at - BEFORE); near <= Math.min(lines.length - 1, at + AFTER); near++)
      kept.add(near);
  }
  const chosen = lines.filter((_, index) => kept.has(index));
  return chosen.length > 0 ? chosen : lines.slice(-MOST_LINES);
}

function messageIn(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^https?:\/\/\S+$/.test(line))
    .map((line) => line.replace(/^❌\s*|^Uncaught (?:\(in promise\) )?/, ""));
  // What lies behind says more than what was made of it: `TypeError: fetch failed`.
  const behind = lines.findLast((line) => /^(?:\[cause\]|Caused by): /.test(line));
  if (behind !== undefined)
    return behind
      .replace(/^[^:]+: /, "")
      .replace(/ \{$/, "")
      .slice(0, 300);
  // Python says last what happened, below the trace.
  const python = /^Traceback /m.test(text)
    ? lines.findLast((line) => /^[\w.]+(?:: |$)/.test(line) && !line.startsWith("Traceback"))
    : undefined;
  const found =
    python ??
    // A line of source may have an error in it too: `throw new Error("…")` above the stack trace.
    lines.find((line) => errorName.test(line)) ??
    lines.find((line) => telling.test(line)) ??
    lines.find((line) => /\bexpected\b.*\b(?:but|got|was|to be|received)\b/i.test(line)) ??
    lines.find(tellsOfError) ??
    lines[0] ??
    "";
  return found.slice(0, 300);
}

const request =
  /\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+["'`]?(?:https?:\/\/[^\s/"'`]+)?(\/[^\s"'`,;)\]]*)/g;
const address = /https?:\/\/[^\s/"'`]+(\/[^\s"'`,;)\]:]+)/g;

function requestsIn(text: string): ErrorRequest[] {
  return [
    ...[...text.matchAll(request)].map(([, method, path = ""]) => ({ method, path: withoutQuery(path) })),
    ...[...text.matchAll(address)].map(([, path = ""]) => ({ method: undefined, path: withoutQuery(path) })),
  ].filter(({ path }) => !/\.(?:[cm]?[jt]sx?|css|map)$/.test(path));
}

function withoutQuery(path: string): string {
  return path.replace(/[?#].*$/, "").replace(/[.:]+$/, "");
}

const statusPattern =
  /(?:\bstatus(?:[ _-]?code)?\b|\bHTTP(?:\/[\d.]+)?|\banswer(?:s|ed)\b|\breturn(?:s|ed)\b|\brespond(?:s|ed)\b|\bgot\b|→|->|\bfailed:)["'\s:=]{0,4}(?:with )?(?:status )?([1-5]\d\d)\b/i;
const bareStatus = /^\s*([45]\d\d)\s+[A-Z]|\b(?:GET|POST|PUT|PATCH|DELETE)\s+\S+\s+([1-5]\d\d)\b/m;

/** As tests of contracts say it: Chai, Vitest; Pact, Supertest; Jest, Schemathesis. */
const insteadOfStatus =
  /\bexpected (?:status )?([1-5]\d\d) to (?:be|equal|deeply equal|strictly equal|match)\b|\bexpected (?:status )?[1-5]\d\d(?: "[^"\n]*")?,? (?:but )?(?:was|got|received) ([1-5]\d\d)\b|^\s*Received:\s+([1-5]\d\d)\s*$/m;

function statusIn(text: string): number | undefined {
  const instead = insteadOfStatus.exec(text)?.slice(1).find(Boolean);
  if (instead !== undefined) return Number(instead);
  const found = statusPattern.exec(text)?.[1] ?? bareStatus.exec(text)?.slice(1).find(Boolean);
  return found === undefined ? undefined : Number(found);
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(keyOf(item)) && seen.add(keyOf(item)));
}
