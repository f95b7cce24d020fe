import { codeSpans } from "../markdown/inline.ts";

/** `src/models/user.py`, `frontend/src/app/[id]/page.tsx`; not what stands in an address or in a package's name. */
const path =
  /(?<![\p{L}\p{N}@:/._-])(?:\.{1,2}\/)?(?:[\w.@()[\]-]+\/)+[\w.@()[\]-]*\.[A-Za-z]\w{0,9}(?![\w/*{])/gu;
const fileName =
  /^[\w@.-]*[\w-]\.(?:[A-Za-z]\w{0,5})$|^(?:Dockerfile|Makefile|Procfile|Gemfile|Rakefile|Justfile|LICENSE)$/;

/** The files that a text names: those with a folder anywhere, those without only in code spans. Each once, as written. */
export function filesIn(text: string): string[] {
  const names = codeSpans(text).filter(
    (span) => fileName.test(span) && /[a-z]/i.test(span) && !isVersionOrCall(span),
  );
  const paths = Array.from(text.matchAll(path), ([found]) => found.replace(/^[([]+(?=[^)\]]*$)/, ""));
  return [...new Set([...paths, ...names])].map((file) => file.replace(/^\.\//, ""));
}

/** `Class.method` is no file, `package.json` is: endings are lower case and known as such. */
function isVersionOrCall(name: string): boolean {
  const ending = name.slice(name.lastIndexOf(".") + 1);
  return name.includes(".") && !endings.has(ending.toLowerCase());
}

const endings = new Set(
  "ts tsx js jsx mjs cjs mts cts json jsonc yaml yml toml xml html css scss less md mdx py pyi go mod sum java kt kts gradle properties cs csproj sln fs rs rb erb php scala sbt ex exs swift dart vue svelte sql prisma graphql proto sh bash ps1 tf tfvars env ini cfg conf txt csv lock avsc c h cpp hpp cc m mm lua r jl zig gitignore dockerignore editorconfig svg png".split(
    " ",
  ),
);

/** The value of a `File:` line: every part of it is a file. */
export function filesListed(value: string): string[] {
  return value
    .split(/[,、，;]\s*|\s+(?:and|und|y|et|和|と)\s+/)
    .map((part) =>
      part
        .replace(/[`*]/g, "")
        .replace(/\s*[(（][^)）]*[)）]\s*$/, "")
        .trim(),
    )
    .filter((part) => /^[^\s]+$/.test(part) && /[./]|^[A-Z][a-z]+file$/.test(part))
    .map((part) => part.replace(/:\d+(?:-\d+)?$/, "").replace(/^\.\//, ""));
}
