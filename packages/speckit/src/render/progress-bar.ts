import { grouped } from "./grouped.ts";

/** How far a run is. */
export interface RunState {
  readonly done: number;
  readonly total: number;
  readonly tokens: number;
  /** Undefined while nothing is known of how long a task takes. */
  readonly leftMs: number | undefined;
  /** What is being worked on; empty for nothing. */
  readonly doing: string;
}

const WIDTH = 16;

/** `█████░░░░░░░░░░░ 3/12 tasks, 12,340 tokens, about 4 min left: Task 1.4`, in so many columns at most. */
export function progressBar({ done, total, tokens, leftMs, doing }: RunState, columns: number): string {
  const filled = total === 0 ? WIDTH : Math.floor((done / total) * WIDTH);
  const parts = [
    `${done}/${total} tasks`,
    ...(tokens > 0 ? [`${grouped(tokens)} tokens`] : []),
    ...(leftMs === undefined || done === total ? [] : [`about ${duration(leftMs)} left`]),
  ];
  const line = `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${parts.join(", ")}${doing === "" ? "" : `: ${doing}`}`;
  return line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`;
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
