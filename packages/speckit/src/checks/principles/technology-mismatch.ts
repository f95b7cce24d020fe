import { groupBy } from "../../model/group-by.ts";
import type { Service, Workspace } from "../../model/workspace.ts";
import type { Check } from "../check.ts";
import { listing } from "../listing.ts";
import {
  otherChoice,
  type ReadTechnologies,
  technologyReader,
  type Use,
  usesInText,
} from "../technology-choices.ts";
import { principlesOf, statementOf } from "./principles-of.ts";

const extensions: Readonly<Record<string, string>> = {
  ts: "TypeScript",
  mts: "TypeScript",
  js: "JavaScript",
  mjs: "JavaScript",
  cjs: "JavaScript",
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
  swift: "Swift",
  dart: "Dart",
};

export const technologyMismatch: Check = {
  id: "technology-mismatch",
  area: "principles",
  severity: "warning",
  title: "Every service is made of what the constitution chose",
  why: "Each further technology has to be run, patched and known by somebody, which is why the platform chose one.",
  fix: "Use what the constitution names, or change the constitution first.",

  *run(workspace) {
    const choices = groupBy(principlesOf(workspace, "technology"), ({ topic }) => topic);
    if (choices.size === 0) return;
    const sources = languagesOf(workspace);
    const read = technologyReader();
    for (const service of workspace.services) {
      const uses = [...usesIn(service, read), ...(sources.get(service.dir) ?? [])];
      let speaksAnother = false;
      for (const [topic, principles] of choices) {
        // A framework of another language is the other language's fault.
        if (topic === "framework" && speaksAnother) continue;
        const wrong = otherChoice(topic, principles, uses);
        if (!wrong) continue;
        speaksAnother ||= topic === "language";
        const allowed = listing([...new Set(principles.flatMap((principle) => principle.choices))]);
        yield {
          service: service.name,
          message: `${service.name} uses ${wrong.name} (${wrong.what}); as ${topic} the constitution names ${allowed}.`,
          at: wrong.at,
          related: principles.slice(0, 1).map(statementOf),
        };
      }
    }
  },
};

function usesIn({ features, manifests }: Service, read: ReadTechnologies): Use[] {
  const stores = features.flatMap(({ spec }) => spec?.entities ?? []);
  return [
    ...stores.flatMap(({ store, at }) => usesInText(read(store ?? ""), "a store in its spec", at)),
    ...manifests.flatMap(({ technologies }) =>
      technologies.map(({ topic, name, package: dependency, at }) => ({
        topic,
        name,
        what: `it depends on ${dependency}`,
        at,
      })),
    ),
  ];
}

/** The languages of the source files of each service, by its folder. */
function languagesOf({ files, services }: Workspace): Map<string, Use[]> {
  const dirs = new Set(services.map(({ dir }) => dir));
  const found = new Map<string, Map<string, Use>>();
  for (const file of files ?? []) {
    const name = extensions[file.slice(file.lastIndexOf(".") + 1)];
    // Scripts and configuration are written in whatever suits them.
    const dir =
      name === undefined || !/(?:^|\/)(?:src|app|cmd|internal|lib)\//.test(file)
        ? undefined
        : dirOf(file, dirs);
    if (name === undefined || dir === undefined) continue;
    const uses = found.get(dir) ?? new Map<string, Use>();
    found.set(dir, uses);
    if (!uses.has(name))
      uses.set(name, { topic: "language", name, what: file, at: { file, line: 1, column: 1 } });
  }
  return new Map([...found].map(([dir, uses]) => [dir, [...uses.values()]]));
}

function dirOf(file: string, dirs: ReadonlySet<string>): string | undefined {
  for (let dir = file; dir !== ""; ) {
    dir = dir.slice(0, Math.max(0, dir.lastIndexOf("/")));
    if (dirs.has(dir)) return dir;
  }
  return dirs.has(".") ? "." : undefined;
}
