import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A document as it should be; damage is done to copies of it. */
export interface Sample {
  /** Below the root of a workspace. */
  readonly file: string;
  readonly text: string;
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The documents that this repository has: the examples of its rules and its example platform. The same order everywhere. */
export function readCorpus(): Sample[] {
  const sources = join(root, "packages/speckit/src");
  const cases = filesBelow(sources)
    .map((file) => /^(.*\.examples\/[^/]+)\/(.+)$/.exec(file))
    .flatMap((match) => (match?.[1] && match[2] ? [{ home: join(sources, match[1]), file: match[2] }] : []));
  const platform = join(root, "examples/ecommerce-platform");
  const documents = existsSync(platform)
    ? filesBelow(platform).map((file) => ({ home: platform, file }))
    : [];
  return [...cases, ...documents]
    .filter(
      ({ file }) =>
        /\.(?:md|ya?ml|json|avsc|[jt]s|py|go|java|kt)$/.test(file) &&
        !/(?:^|\/)(?:node_modules|\.speckit)\//.test(file),
    )
    .map(({ home, file }) => ({ file, text: readFileSync(join(home, file), "utf8") }));
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(dir.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
