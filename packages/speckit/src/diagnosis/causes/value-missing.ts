import { type Cause, quotes } from "../cause.ts";

const signs =
  /Cannot read propert(?:y|ies) of (?:undefined|null)[^\n]*|Cannot destructure property[^\n]*|(?:undefined|null) is not an object[^\n]*|\b\w{1,100} is undefined$|is not a function[^\n]*|'NoneType' object[^\n]*|NullPointerException[^\n]*|nil pointer dereference|KeyError: [^\n]*|Object reference not set[^\n]*/m;
const field = /reading '([\w$]+)'|KeyError: '([a-z][\w$]*)'|property '([\w$]+)'|has no attribute '([\w$]+)'/;

export const valueMissing: Cause = {
  id: "value-missing",
  kind: "code",
  title: "The code uses a value that is not there",
  why: "It expects something that may be left out: an optional field, an empty answer, a row that nobody stored.",
  check:
    "Go to the innermost frame: where does the value come from, and does the contract promise that it is always there?",

  find({ error, workspace, called }) {
    const said = quotes(error.text, signs);
    if (said.length === 0) return [];
    const name = field.exec(error.text)?.slice(1).find(Boolean);
    if (name === undefined) return said;
    const reads = workspace.edges
      .filter(({ to }) => called.includes(to))
      .flatMap(({ to, operations }) =>
        operations.flatMap((use) => (use.reads ?? []).map((read) => ({ to, ...read }))),
      )
      .filter(({ path }) => path.split(".").includes(name));
    const sent = workspace.channels.flatMap(({ event, types }) =>
      types.flatMap(({ type }) =>
        (type.payload ?? [])
          .filter((one) => one.name === name && !one.required)
          .map(({ at }) => ({ event, at })),
      ),
    );
    return [
      ...said,
      ...reads
        .slice(0, 2)
        .map(({ to, path, at }) => ({ text: `${path} is read from an answer of ${to}`, at })),
      ...sent.slice(0, 2).map(({ event, at }) => ({ text: `${event} need not have ${name}`, at })),
    ];
  },
};
