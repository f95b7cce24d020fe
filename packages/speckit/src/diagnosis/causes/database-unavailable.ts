import { type Cause, quotes } from "../cause.ts";

const signs =
  /\b(?:57P0[123]|53300|08006|08001|08003)\b|too many (?:clients|connections)|remaining connection slots|the database system is (?:starting up|shutting down|in recovery)|terminating connection due to administrator command|Connection pool exhausted|timeout exceeded when trying to connect/i;

export const databaseUnavailable: Cause = {
  id: "database-unavailable",
  kind: "infrastructure",
  title: "The database takes no connection",
  why: "It starts, stops or recovers, or all its connections are taken. What runs on it fails everywhere at once.",
  check:
    "Ask it: `select state, count(*) from pg_stat_activity group by 1`. Add up the pools of all processes against `max_connections`.",
  find: ({ error }) => quotes(error.text, signs),
};
