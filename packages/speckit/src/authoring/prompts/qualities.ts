import type { DraftKind } from "../author.ts";

/** What makes a document of each kind good: what its checks look for, and what no check can see. */
export const qualities: Readonly<Record<DraftKind, readonly string[]>> = {
  spec: [
    "Says what the service does and what it leaves to others, and names who does that instead.",
    "Each scenario has **Given**, **When** and **Then**, each with something that can be observed; errors and limits have scenarios too.",
    "Numbers instead of words such as fast, secure or user-friendly.",
    "Each dependency says what happens when the other service does not answer.",
    "Each event says what it carries and who needs it.",
    "Nothing of how it is built: no frameworks, tables or file names.",
  ],
  plan: [
    "Every technology is one that the constitution names, or says why it differs.",
    "Every requirement and scenario of the specification has a component that serves it.",
    "Says what is stored, what is called, what is published, and what happens when that fails.",
    "Nothing that the specification does not ask for.",
  ],
  constitution: [
    "Each bullet is one statement that holds for every service, and of which one can see whether it is kept.",
    "One choice of technology a line, its name before a colon: `Message Bus: RabbitMQ`.",
    "Names of things that rules know stand in it: the path prefix, the pattern of event names, the format of errors.",
    "Nothing that nobody asked for; what was there before stays, word for word.",
  ],
  tasks: [
    "Each task is small enough for one sitting and names the files it writes, with real paths.",
    "Each story has a phase of its own, its tests before its implementation.",
    "Every operation, event, scenario and requirement is named by a task that serves it.",
    "Dependencies name ids of other tasks, and never go in a circle.",
    "Each task says how one sees that it is done: a command in backticks, or a request such as GET /health.",
  ],
};
