import { type Cause, quotes } from "../cause.ts";

const signs =
  /\b(?:42P01|42703)\b|(?:relation|table|column) "?[\w.]+"? does not exist|no such (?:table|column)|Unknown column|Table '[^']+' doesn't exist/i;

export const schemaOutdated: Cause = {
  id: "schema-outdated",
  kind: "configuration",
  title: "The database lacks a table or column that the code uses",
  why: "A migration has not run, or ran on another database than the service is connected to.",
  check:
    "Look at the table of migrations in the database that DATABASE_URL names; start the newest version once.",
  find: ({ error }) => quotes(error.text, signs),
};
