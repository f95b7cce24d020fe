// Makes queries whose answers are known out of a repository's own documentation, comments, tests and history. The words that became a query are taken
// out of the texts before these are searched: nobody who searches quotes the line that is looked for. Error messages are the exception.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { isTestFile } from "../../packages/speckit/src/model/test-files.ts";
import { splitText } from "../../packages/speckit/src/search/split-text.ts";
import { termsOf } from "../../packages/speckit/src/search/terms.ts";

/**
 * @typedef {object} Query
 * @property {string} repository
 * @property {string} kind
 * @property {string} text
 * @property {(file: string) => boolean} isRight
 */

/** Queries of a kind that a repository may have at most. */
const MOST = 14;

/**
 * The queries of a repository, and its texts without them.
 * @param {import("./repositories.mjs").Repository} repository
 * @returns {{ queries: Query[], texts: Map<string, string>, subjects: Map<string, string> }}
 */
export function questions({ name, folder, texts }) {
  const masked = new Map(texts);
  const history = name === "speckit" ? commits(folder) : [];
  const found = [
    ...sample(name, "heading", headings(texts), 3 * MOST),
    ...sample(name, "comment", comments(texts), MOST),
    ...sample(name, "test title", testTitles(texts), MOST),
    ...sample(name, "error message", errors(texts), MOST / 2),
    ...sample(name, "topic", topics(texts), MOST),
    ...sample(
      name,
      "commit",
      history
        .filter(({ files }) => files.length <= 12)
        .map(({ subject, files }) => ({ text: subject.replace(/^\w+: /, ""), files, file: files[0] ?? "" })),
      60,
    ),
  ];
  for (const { file, line, mark } of found) if (line !== undefined) mask(masked, file, line, mark);
  const taken = new Set(found.filter(({ kind }) => kind === "commit").map(({ text }) => text));
  const subjects = new Map();
  for (const { subject, files } of history) {
    if (taken.has(subject.replace(/^\w+: /, "")) || files.length > 30) continue;
    for (const file of files) subjects.set(file, `${subjects.get(file) ?? ""}\n${subject}`);
  }
  const names = new Map([...texts].map(([file, text]) => [file, namesIn(file, text)]));
  const queries = found.map(({ kind, text, file, files, literal }) => ({
    repository: name,
    kind,
    text,
    isRight: kind === "topic" ? isAbout(names, text) : rightness(texts, file, files, literal),
  }));
  return { queries, texts: masked, subjects };
}

/**
 * Files of one family answer for each other: `order.ts`, `order.test.ts`, `order.d.ts`, `order.md`, and the documents of one feature folder.
 * @param {ReadonlyMap<string, string>} texts @param {string} file @param {readonly string[] | undefined} files @param {string | undefined} literal
 */
function rightness(texts, file, files, literal) {
  if (literal !== undefined)
    return (/** @type {string} */ other) => (texts.get(other) ?? "").includes(literal);
  const families = new Set((files ?? [file]).map(familyOf));
  return (/** @type {string} */ other) => families.has(familyOf(other));
}

/** @param {string} file */
function familyOf(file) {
  const feature = /^(.*specs\/[^/]+)\//.exec(file)?.[1];
  if (feature !== undefined) return feature;
  const stem = (file.split("/").at(-1) ?? "")
    .toLowerCase()
    .replace(/\.[^.]+$/, "")
    .replace(/[._-](?:test|spec|d|test-d)$/, "")
    .replace(/[-_.]/g, "");
  return /^(?:index|main|readme|types?|utils?|helpers?|package|tsconfig|test|changelog|license|spec|findings)$/.test(
    stem,
  ) || stem.length < 4
    ? file
    : stem;
}

/**
 * The same for the same texts, and without a pattern in what is chosen.
 * @template {{ text: string, file: string }} T
 * @param {string} repository @param {string} kind @param {readonly T[]} candidates @param {number} most
 * @returns {(T & { kind: string, line?: number, mark?: string, files?: readonly string[], literal?: string })[]}
 */
function sample(repository, kind, candidates, most) {
  const once = new Map(candidates.map((candidate) => [candidate.text.toLowerCase(), candidate]));
  const order = (/** @type {T} */ { text, file }) =>
    createHash("sha1").update(`${repository} ${kind} ${file} ${text}`).digest("hex");
  return [...once.values()]
    .map((candidate) => ({ ...candidate, kind, order: order(candidate) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, most);
}

/** @param {Map<string, string>} texts @param {string} file @param {number} line @param {string | undefined} mark */
function mask(texts, file, line, mark) {
  const lines = (texts.get(file) ?? "").split("\n");
  for (const [index, own] of lines.entries())
    if (index === line || (mark !== undefined && own.includes(mark))) lines[index] = "";
  texts.set(file, lines.join("\n"));
}

const generic =
  /^(?:table of contents|getting started|how it works|breaking changes|see also|code of conduct|what changed)$/i;

/** @param {ReadonlyMap<string, string>} texts */
function headings(texts) {
  const documents = [...texts].filter(
    ([file]) => file.endsWith(".md") && !/change|license|contribut|readme/i.test(file) && !isTestFile(file),
  );
  if (documents.length < 5) return [];
  return documents.flatMap(([file, text]) =>
    text.split("\n").flatMap((line, index) => {
      const title =
        /^#{2,4}\s+(.+?)[\s#]*$/
          .exec(line)?.[1]
          ?.replace(/<[^>]*>|[*`]/g, "")
          .trim() ?? "";
      const words = termsOf(title).length;
      return words >= 2 && words <= 10 && !generic.test(title)
        ? [{ file, line: index, text: title, mark: `[${title}]` }]
        : [];
    }),
  );
}

/**
 * Names of things in words, as people look for them: what files, folders and symbols of two words or more are called.
 * @param {ReadonlyMap<string, string>} texts
 */
function topics(texts) {
  const parts = [...texts.keys()].flatMap((file) =>
    file.split("/").map((part) => ({ file, name: part.replace(/\..*$/, "").replace(/^\d+-/, "") })),
  );
  const symbols = sources(texts).flatMap(([file, text]) =>
    splitText(file, text).map(({ heading }) => ({ file, name: heading })),
  );
  return [...parts, ...symbols].flatMap(({ file, name }) => {
    const text = inWords(name).trim();
    const words = text.split(" ").filter((word) => termsOf(word).length === 1 && word.length > 2);
    return /^[\w$-]+$/.test(name) &&
      words.length >= 2 &&
      words.length <= 4 &&
      words.length === text.split(" ").length
      ? [{ file, text }]
      : [];
  });
}

/** What a file says it is about: its path, its headings, the names of its symbols. @param {string} file @param {string} text */
function namesIn(file, text) {
  return [file, ...(text.length < 200_000 ? splitText(file, text) : []).map(({ heading }) => heading)].map(
    (name) => ` ${inWords(name)} `,
  );
}

/** A file is about a topic when it, or a part of it, is called so. @param {ReadonlyMap<string, readonly string[]>} names @param {string} topic */
function isAbout(names, topic) {
  return (/** @type {string} */ file) => (names.get(file) ?? []).some((name) => name.includes(` ${topic} `));
}

/** @param {string} name */
function inWords(name) {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .toLowerCase();
}

/** First sentences of comments above symbols. @param {ReadonlyMap<string, string>} texts */
function comments(texts) {
  return sources(texts).flatMap(([file, text]) => {
    const lines = text.split("\n");
    return lines.flatMap((line, index) => {
      const opened = /^\s*\/\*\*\s*(.*)$/.exec(line);
      if (!opened) return [];
      const at = opened[1] ? index : index + 1;
      const said = (opened[1] || lines[index + 1]?.replace(/^\s*\*\s?/, "") || "")
        .replace(/\*\/.*$/, "")
        .trim();
      const sentence = /^(.*?[.:;])(?:\s|$)/.exec(said)?.[1] ?? said;
      const words = termsOf(sentence).length;
      if (words < 4 || words > 20 || /[@{<]|https?:|copyright|licen[sc]e|eslint/i.test(sentence)) return [];
      return [{ file, line: at, text: sentence }];
    });
  });
}

/** @param {ReadonlyMap<string, string>} texts */
function testTitles(texts) {
  return [...texts]
    .filter(([file]) => isTestFile(file) && /\.[cm]?[jt]s$/.test(file))
    .flatMap(([file, text]) =>
      text.split("\n").flatMap((line, index) => {
        const title = /^\s*(?:test|it)(?:\.\w+)?\(\s*["'`](.+?)["'`]\s*,/.exec(line)?.[1];
        if (title === undefined || /[${%\\]/.test(title)) return [];
        const words = termsOf(title).length;
        return words >= 4 && words <= 16 ? [{ file, line: index, text: title }] : [];
      }),
    );
}

const values = ["42", "ada@example.com", "/api/v1/orders", "order-service"];

/** What a program says when it fails, with values where the source has placeholders. @param {ReadonlyMap<string, string>} texts */
function errors(texts) {
  return sources(texts).flatMap(([file, text]) =>
    [...text.matchAll(/(?:Error|error|fail|assert)\w*\(\s*(["'`])((?:(?!\1)[^\\\n]){16,160})\1/g)].flatMap(
      ({ 2: message = "" }) => {
        const literal = message.split(/\$\{|%[sdjo]/).sort((a, b) => b.length - a.length)[0] ?? "";
        if (literal.length < 14 || !literal.includes(" ")) return [];
        let next = 0;
        const filled = message.replace(/\$\{[^}]*\}|%[sdjo]/g, () => values[next++ % values.length] ?? "");
        return termsOf(filled).length >= 3 && !/[{}]/.test(filled) ? [{ file, text: filled, literal }] : [];
      },
    ),
  );
}

/** @param {ReadonlyMap<string, string>} texts */
function sources(texts) {
  return [...texts].filter(
    ([file]) =>
      /\.[cm]?[jt]sx?$/.test(file) &&
      !isTestFile(file) &&
      !/\.min\.|(?:^|\/)(?:examples?|benchmarks?)\//.test(file),
  );
}

/** @param {string} folder */
function commits(folder) {
  const { stdout } = spawnSync(
    "git",
    ["log", "--no-merges", "--max-count=1000", "--no-renames", "--name-only", "--format=%x01%s"],
    { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  return stdout
    .split("\u0001")
    .slice(1)
    .map((commit) => {
      const [subject = "", ...files] = commit.split("\n").filter((line) => line !== "");
      return { subject, files };
    });
}
