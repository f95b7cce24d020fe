import { type Cause, quotes } from "../cause.ts";

const signs =
  /EnvironmentError[^\n]*|[Ee]nvironment variable[^\n]*|\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b["'`]? (?:is|are|must be|has to be) (?:not set|missing|undefined|required|set|empty|no )[^\n]*|\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+: parameter not set|KeyError: '[A-Z][A-Z\d_]{2,}'|(?:[Mm]issing|[Rr]equired)[^\n]{0,30}\b[A-Z][A-Z\d]*_[A-Z\d_]+\b/;

export const variableMissing: Cause = {
  id: "variable-missing",
  kind: "configuration",
  title: "A variable of the environment is missing or wrong",
  why: "The service was started with another configuration than its code asks for. It fails alike on every start until that is mended.",
  check: "Compare the environment of the process with what the service reads, and with its quick-ref.",

  find({ error, workspace, services }) {
    const said = quotes(error.text, signs);
    if (said.length === 0) return [];
    const near = services.length > 0 ? services : workspace.services;
    const read = near.flatMap(({ name, code }) =>
      code.environment
        .filter((variable) => new RegExp(`\\b${variable.name}\\b`).test(error.text))
        .slice(0, 1)
        .map((variable) => ({ text: `${name} reads ${variable.name}`, at: variable.at })),
    );
    return [...said, ...read];
  },
};
