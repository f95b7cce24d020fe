import type { Report, Severity } from "../../model/finding.ts";
import type { ContractRequest, Exchange } from "../exchange.ts";

/** Something to say about answers. Reports that say the same about several requests become one. */
export interface AnswerReport extends Report {
  /** The request whose answer it is. */
  readonly request?: ContractRequest | undefined;
  /** What makes it the same as another report; its message, unless that quotes a value. */
  readonly key?: string;
}

/** One rule about what a running service answers. To add one: a file here, its examples beside it, a line in `index.ts`. */
export interface AnswerRule {
  /** Kebab-case; names the bad state. People suppress by it. */
  readonly id: string;
  readonly severity: Severity;
  /** What holds when the rule finds nothing. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** Pure. `exchanges` are all those of one operation. A message has no full stop, since the requests concerned are added to it. */
  run(exchanges: readonly Exchange[]): Iterable<AnswerReport>;
}
