import { groupBy } from "../../model/group-by.ts";
import type { Service, Workspace } from "../../model/workspace.ts";

/** What a constitution says of a stack, in the words of the engine and of the templates. */
export const topicNames = [
  ["language", "LANGUAGE"],
  ["framework", "FRAMEWORK"],
  ["database", "DATABASE"],
  ["message bus", "MESSAGE_BUS"],
  ["API gateway", "API_GATEWAY"],
] as const;

type Topic = (typeof topicNames)[number][0];

export type Stack = Readonly<Partial<Record<Topic, string>>>;

const languages: Readonly<Record<string, string>> = {
  ts: "TypeScript",
  js: "JavaScript",
  mjs: "JavaScript",
  py: "Python",
  go: "Go",
  java: "Java",
  kt: "Kotlin",
  cs: "C#",
  rs: "Rust",
  rb: "Ruby",
  php: "PHP",
  scala: "Scala",
  ex: "Elixir",
};

/**
 * The technology that most services are seen to use, for each topic; of two with as many services the first by name. The framework is one of services in that
 * language.
 */
export function stackOf({ services, files = [] }: Pick<Workspace, "services" | "files">): Stack {
  const sources = groupBy(files, (file) => languages[/\.(\w+)$/.exec(file)?.[1] ?? ""] ?? "");
  sources.delete("");
  const used = services.map((service) => ({
    language: languageOf(service, sources),
    technologies: service.manifests.flatMap(({ technologies }) => technologies),
  }));
  const language = mostOf(used.map((own) => own.language));
  const stack = topicNames.flatMap(([topic]) => {
    const own = topic === "framework" ? used.filter((one) => one.language === language) : used;
    const names = own.flatMap(({ technologies }) => [
      ...new Set(technologies.filter((one) => one.topic === topic).map(({ name }) => name)),
    ]);
    const most = topic === "language" ? language : mostOf(names);
    return most === undefined ? [] : [[topic, most]];
  });
  return Object.fromEntries(stack);
}

function mostOf(names: readonly (string | undefined)[]): string | undefined {
  const counted = [...groupBy(names, (name) => name ?? "")].filter(([name]) => name !== "");
  const [most] = counted.sort(([a, ones], [b, others]) => others.length - ones.length || (a < b ? -1 : 1));
  return most?.[0];
}

/** The language of most of a service's source files. */
function languageOf({ dir }: Service, sources: ReadonlyMap<string, readonly string[]>): string | undefined {
  const counts = [...sources].map(([language, files]) => ({
    language,
    count: files.filter((file) => dir === "." || file.startsWith(`${dir}/`)).length,
  }));
  const [most] = counts.sort((a, b) => b.count - a.count || (a.language < b.language ? -1 : 1));
  return most && most.count > 0 ? most.language : undefined;
}

/** `/api/v1/`, when it stands before most operations of the fleet. */
export function pathPrefixOf(services: readonly Service[]): string | undefined {
  const prefixes = services.flatMap(({ apis }) =>
    apis.flatMap(({ operations, basePaths }) =>
      operations.map(({ path }) => /^(?:\/api)?\/v\d+(?=\/)/.exec(`${basePaths[0] ?? ""}${path}`)?.[0]),
    ),
  );
  const counted = [...groupBy(prefixes, (prefix) => prefix ?? "")].sort((a, b) => b[1].length - a[1].length);
  const [prefix, all] = counted.find(([name]) => name !== "") ?? ["", []];
  return all.length * 2 > prefixes.length ? `${prefix}/` : undefined;
}
