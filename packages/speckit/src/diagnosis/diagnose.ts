import type { Service, Workspace } from "../model/workspace.ts";
import type { SearchHit } from "../search/search.ts";
import { askedOperations } from "./asked-operations.ts";
import type { Cause, CauseKind, Evidence, RuleWords, Symptoms } from "./cause.ts";
import { type Concerned, calledAt, concernedBy } from "./concerned.ts";
import type { ErrorReport } from "./error-report.ts";
import { literally } from "./literally.ts";
import { ownFrames } from "./match-files.ts";
import { type ErrorPlace, placesOf } from "./places.ts";
import { hasWord, serviceOf, type Touched, touchedBy } from "./touched.ts";

export interface LikelyCause {
  readonly id: string;
  readonly kind: CauseKind;
  readonly title: string;
  readonly why: string;
  readonly check: string;
  readonly evidence: readonly Evidence[];
}

export interface Diagnosis {
  readonly error: ErrorReport;
  /** The likeliest cause lies in what runs the services. */
  readonly infrastructure: boolean;
  /** Services in which it arises. */
  readonly services: readonly string[];
  readonly places: readonly ErrorPlace[];
  readonly causes: readonly LikelyCause[];
  readonly touched: readonly Touched[];
  readonly concerned: readonly Concerned[];
}

export interface DiagnosisInput {
  readonly workspace: Workspace;
  readonly error: ErrorReport;
  /** What a search for the message found. */
  readonly hits: readonly SearchHit[];
  /** How many words were searched for. */
  readonly words: number;
  /** Where the user says that it arises. */
  readonly given: { readonly file: string; readonly line: number } | undefined;
  readonly textOf: (file: string) => string | undefined;
  readonly causes: readonly Cause[];
  readonly rules: ReadonlyMap<string, RuleWords>;
}

/** Says where an error arises, what it touches, whom it concerns and what may be behind it. Pure: the same input has the same answer. */
export function diagnose(input: DiagnosisInput): Diagnosis {
  const { workspace, error, hits, words, given, textOf, causes, rules } = input;
  const loggers = servicesNamed(workspace, error);
  const frames = ownFrames(
    error.frames,
    workspace.files ?? [],
    loggers.map(({ dir }) => dir),
  );
  const places = placesOf({ workspace, frames, hits, words, given, textOf });
  const sure = tracesOf(places);
  const operations = askedOperations(workspace, error);
  const services = unique([
    ...sure.flatMap((file) => serviceOf(workspace, file) ?? []),
    ...loggers,
    ...operations.map(({ service }) => service),
  ]);
  const called = calledAt(workspace, sure);
  const touched = touchedBy(workspace, {
    files: sure,
    operations: operations.map((one) => ({ ...one, via: "the error names it" })),
    events: workspace.channels
      .filter(({ event }) => hasWord(error.text.replaceAll("events.", ""), event))
      .map(({ event }) => ({ event, via: "the error names it" })),
  });
  const symptoms: Symptoms = {
    error,
    workspace,
    frames,
    places,
    services,
    operations,
    called,
    textOf,
    rules,
  };
  const likely = likelyCauses(causes, symptoms);
  return {
    error,
    infrastructure: likely[0]?.kind === "infrastructure",
    services: services.map(({ name }) => name),
    places,
    causes: likely,
    touched,
    concerned: concernedBy(workspace, services, touched, called, error),
  };
}

/** Files that lead on to promises. A test that has the words expects them; the code that says them is what matters. */
function tracesOf(places: readonly ErrorPlace[]): string[] {
  const sure = unique(places.filter(({ reason }) => reason !== "search").map(({ file }) => file));
  const code = sure.filter((file) => !isTest.test(file));
  return code.length > 0 ? code : sure;
}

const isTest = /(?:^|\/)(?:tests?|__tests__|spec)\/|[._-](?:test|spec)\.\w+$|_test\.(?:go|py)$/;

function likelyCauses(causes: readonly Cause[], symptoms: Symptoms): LikelyCause[] {
  return causes.flatMap((cause) => {
    const evidence = cause.find(symptoms);
    if (evidence.length === 0) return [];
    const { id, kind, title, why, check } = cause;
    return [{ id, kind, title, why, check, evidence }];
  });
}

function servicesNamed({ services }: Workspace, { loggers, text }: ErrorReport): Service[] {
  const logged = services.filter(({ name }) =>
    // Containers have the project before the service: shop-order-service.
    loggers.some(
      (logger) =>
        logger === name || (/[-_/]/.test(logger.at(-name.length - 1) ?? "") && logger.endsWith(name)),
    ),
  );
  return logged.length > 0
    ? logged
    : services.filter(
        ({ name }) =>
          name.length > 3 &&
          new RegExp(
            `^${literally(name)}\\b|\\b(?:in|at|by) ${literally(name)}\\b|\\[${literally(name)}\\]|^\\S+ +\\| *${literally(name)}`,
            "m",
          ).test(text),
      );
}

function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
