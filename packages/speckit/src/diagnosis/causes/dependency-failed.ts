import { type Cause, type Evidence, quotes } from "../cause.ts";

const signs =
  /DependencyUnavailable[^\n]*|Bad Gateway[^\n]*|Service Unavailable[^\n]*|upstream (?:connect error|request failed|prematurely closed)[^\n]*|\b50[234]\b[^\n]*/i;

export const dependencyFailed: Cause = {
  id: "dependency-failed",
  kind: "infrastructure",
  title: "A service that this one depends on does not answer as promised",
  why: "The fault lies further up; this service only passes on what it got.",
  check:
    "Follow the request's id to the service that is called, and run `speckit error-context` with what its log says.",

  find({ error, services, called }) {
    const said = quotes(error.text, signs);
    const isPassedOn = error.status !== undefined && error.status >= 502 && error.status <= 504;
    if (said.length === 0 && !isPassedOn) return [];
    if (error.status !== undefined && !isPassedOn && !/DependencyUnavailable/.test(error.text)) return [];
    const rows = services.flatMap(({ features }) => features.flatMap(({ spec }) => spec?.upstream ?? []));
    const named = rows.filter(
      ({ service, failureMode }) =>
        called.includes(service) ||
        error.text.includes(service) ||
        (error.status !== undefined && failureMode?.includes(String(error.status))),
    );
    const foreseen: Evidence[] = named.slice(0, 3).map(({ service, failureMode, at }) => ({
      text: `depends on ${service}; when it fails: ${failureMode ?? "nothing is said"}`,
      at,
    }));
    return [...(said.length > 0 ? said : [{ text: `the answer's status is ${error.status}` }]), ...foreseen];
  },
};
