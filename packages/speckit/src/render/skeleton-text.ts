import { marked, paint, type TextStyle } from "./text-style.ts";

/** What became of the contracts that a specification asks for. */
export interface SkeletonReport {
  readonly service: string;
  /** Some contract describes its operations already. */
  readonly hasApi: boolean;
  readonly contracts: readonly {
    readonly file: string;
    readonly kind: "api" | "events";
    readonly outcome: "written" | "kept" | "printed";
    readonly questions: number;
  }[];
  /** Stories that no operation of the contract does. */
  readonly unserved: readonly { readonly id: string; readonly title: string }[];
  /** `--service=NAME` behind the next command, where it was named. */
  readonly flag: string;
}

export function renderSkeletonText(report: SkeletonReport, style: TextStyle): string {
  const { dim, cyan } = paint(style);
  const { contracts, hasApi, unserved, service, flag } = report;
  const hasRequests = hasApi || contracts.some(({ kind }) => kind === "api");
  const questions = contracts.reduce(
    (sum, { outcome, questions: own }) => sum + (outcome === "kept" ? 0 : own),
    0,
  );
  const open = questions === 1 ? "1 question is" : `${questions} questions are`;
  const lines = [
    ...contracts.map(({ file, outcome }) =>
      outcome === "kept"
        ? marked("⚠️ ", `${file} was written by somebody else meanwhile and stays`, style)
        : marked("✅", `${file} ${outcome}`, style),
    ),
    ...(contracts.length === 0 && hasApi && unserved.length === 0
      ? [marked("✅", "Contracts describe what is asked for; they stay as they are", style)]
      : []),
    ...unserved.map(({ id, title }) =>
      marked("⚠️ ", `No operation of its contract does ${id}: ${title}. Write it there`, style),
    ),
    ...(questions > 0
      ? [
          marked(
            "⚠️ ",
            `${open} open in ${contracts.length > 1 ? "them" : "it"}: look for NEEDS CLARIFICATION`,
            style,
          ),
        ]
      : []),
    ...(hasRequests
      ? []
      : [
          marked(
            "⚠️ ",
            `No scenario says what callers of ${service} do, so there are no operations yet`,
            style,
          ),
        ]),
  ];
  const next = hasRequests ? `speckit plan${flag}` : `speckit clarify${flag}`;
  return `${lines.join("\n")}\n\n${dim("Next:")} ${cyan(next)}\n`;
}
