import type { ChangeRule } from "../change.ts";
import { show } from "./show.ts";

export const basePathRemoved: ChangeRule = {
  id: "base-path-removed",
  title: "Operations stay below the path where they were",
  level: () => "risky",
  message: ({ before, after }) => `No server has the base path ${show(before)} any more, only ${show(after)}`,
  why: "Consumers that wrote the whole path down call what may no longer be there.",
  fix: "Name a server with the old base path as long as it answers",
};
