import { changeRules } from "../changes/rules/index.ts";
import { checks } from "../checks/index.ts";
import type { RuleWords } from "../diagnosis/cause.ts";
import { causes } from "../diagnosis/causes/index.ts";
import { type Diagnosis, diagnose } from "../diagnosis/diagnose.ts";
import { readError } from "../diagnosis/read-error.ts";
import { readingsFor } from "../diagnosis/read-next.ts";
import { searchWords } from "../diagnosis/search-words.ts";
import type { Location, Place } from "../model/location.ts";
import type { ReadWorkspace } from "../node/read-workspace.ts";
import { openSearchIndex } from "../node/search-index.ts";
import type { ErrorContext } from "../render/error-context-text.ts";
import { search } from "../search/search.ts";
import { wordsIn } from "../search/terms.ts";
import { loadTokenCounter } from "../tokens/count.ts";
import { eventRules } from "../verify/event-rules/index.ts";
import { answerRules } from "../verify/rules/index.ts";
import { type Io, type Options, UsageError } from "./command.ts";

const MOST_HITS = 8;

/**
 * What the engine knows of an error. `place` is where it arises, when somebody said so.
 * @throws UsageError when there is no such place
 */
export async function diagnosed(
  read: ReadWorkspace,
  text: string,
  place: { readonly file: string; readonly line: number } | undefined,
  options: Options,
  io: Io,
): Promise<ErrorContext> {
  const error = readError(text);
  const { index, textOf } = await openSearchIndex(read.root, {
    cache: options.cache !== false,
    now: io.now,
  });
  const query = searchWords(error.message);
  const { hits } = search(index, query, { limit: MOST_HITS, textOf });
  if (place) demandPlace(place, textOf(place.file));
  const diagnosis = diagnose({
    workspace: read.workspace,
    error,
    hits,
    words: wordsIn(query).length,
    given: place,
    textOf,
    causes,
    rules: ruleWords(),
  });
  return located(diagnosis, read, textOf, await loadTokenCounter(), place?.file);
}

/** @throws UsageError when there is no such file, or no such line in it */
function demandPlace({ file, line }: { file: string; line: number }, text: string | undefined): void {
  if (text === undefined)
    throw new UsageError(`--file names ${file}, which is no text file of this workspace.`);
  const lines = text.split(/\r\n?|\n/).length;
  if (line > lines) throw new UsageError(`--line is ${line}, but ${file} has only ${lines} lines.`);
}

function ruleWords(): ReadonlyMap<string, RuleWords> {
  return new Map(
    [...checks, ...changeRules, ...answerRules, ...eventRules].map(({ id, title, why, fix }) => [
      id,
      { title, why, fix },
    ]),
  );
}

function located(
  diagnosis: Diagnosis,
  read: ReadWorkspace,
  textOf: (file: string) => string | undefined,
  count: (text: string) => number,
  given: string | undefined,
): ErrorContext {
  const { error, infrastructure, services, places, causes: found, touched, concerned } = diagnosis;
  const looked = lookedUp(diagnosis, read);
  const whole = (at: Place): Location => looked.get(at) ?? { file: at.file, line: 1, column: 1 };
  const place = (at: Place | undefined) => {
    const known = at === undefined ? undefined : looked.get(at);
    return { file: known?.file, line: known?.line };
  };
  return {
    message: error.message === "" && given !== undefined ? given : error.message,
    status: error.status,
    infrastructure,
    services,
    places: places.map((one) => ({ ...one, excerpt: excerptAt(textOf(one.file) ?? "", one.line) })),
    causes: found.map((cause) => ({
      ...cause,
      evidence: cause.evidence.map(({ text, at }) => ({ text, ...place(at) })),
    })),
    touches: touched.map(({ kind, service, name, at, via }) => {
      const { file, line } = whole(at);
      return { kind, service, name, file, line, via };
    }),
    concerned: concerned.map(({ service, owner, reasons, at }) => ({
      service,
      owner,
      reasons,
      ...place(at),
    })),
    readNext: readingsFor({
      workspace: read.workspace,
      places,
      touched: touched.map((one) => ({ ...one, at: whole(one.at) })),
      services: concerned.map(({ service }) => service),
      textOf,
      count,
    }),
  };
}

/** Line and column of every place that is named. */
function lookedUp(
  { causes: found, touched, concerned }: Diagnosis,
  read: ReadWorkspace,
): Map<Place, Location> {
  const asked = [
    ...found.flatMap(({ evidence }) => evidence.flatMap(({ at }) => at ?? [])),
    ...touched.map(({ at }) => at),
    ...concerned.flatMap(({ at }) => at ?? []),
  ];
  return new Map(read.locate(asked).map((at, index) => [asked[index] as Place, at]));
}

const BEFORE = 1;
const AFTER = 2;
const LONGEST_LINE = 160;

/** Lines around one, with their numbers. */
function excerptAt(text: string, line: number): string {
  const lines = text.split(/\r\n?|\n/);
  const from = Math.max(1, line - BEFORE);
  const to = Math.min(lines.length, line + AFTER);
  const width = String(to).length;
  return lines
    .slice(from - 1, to)
    .map(
      (content, index) =>
        `${from + index === line ? ">" : " "} ${String(from + index).padStart(width)} │ ${content.slice(0, LONGEST_LINE)}`,
    )
    .join("\n");
}
