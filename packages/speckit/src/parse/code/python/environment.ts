import type { NamedPlace } from "../../../model/code.ts";
import type { Source } from "../source.ts";

/** Variables of the environment that are read: from `os.environ`, by django-environ, by pydantic. */
export function readEnvironment(source: Source): NamedPlace[] {
  const asked = [
    ...source.matches(/(?<![\w.])(?:os\.)?(?:environ\s*\[|environ\.get\s*\(|getenv\s*\()/g),
    ...(/\bEnv\s*\(/.test(source.code) ? source.matches(/(?<![\w.])env(?:\.\w+)?\s*\(/g) : []),
  ].flatMap(({ index, end }) => {
    const name = source.literalAt(end)?.content;
    return name === undefined ? [] : [{ name, at: source.at(index) }];
  });
  return [...asked, ...inTexts(source), ...settings(source)];
}

/** What a text asks for itself: `f"{os.environ['USERS_URL']}/users"`. */
function inTexts(source: Source): NamedPlace[] {
  const asks = /(?<![\w.])(?:os\.)?(?:environ\s*\[|environ\.get\s*\(|getenv\s*\()\s*["'](\w+)["']/g;
  return [...source.literals]
    .filter(({ start }) => /(?<!\w)(?:f|rf|fr)$/i.test(source.text.slice(Math.max(0, start - 3), start)))
    .flatMap(({ start, end }) =>
      Array.from(source.text.slice(start, end).matchAll(asks), ({ 1: name = "", index }) => ({
        name,
        at: source.at(start + index),
      })),
    );
}

/** Fields of pydantic's `class Settings(BaseSettings)` are variables in capitals. */
function settings(source: Source): NamedPlace[] {
  return [...source.matches(/^class\s+\w+\s*\([^)]*\bBaseSettings\b[^)]*\)\s*:/gm)].flatMap(({ end }) => {
    const after = source.code.slice(end);
    const body = after.slice(0, /^\S/m.exec(after)?.index ?? after.length);
    const prefix = /\benv_prefix\s*=\s*(?=["'])/.exec(body);
    const before = prefix ? (source.literalAt(end + prefix.index + prefix[0].length)?.content ?? "") : "";
    return [...body.matchAll(/^( {4}|\t)([a-zA-Z]\w*)\s*:/gm)].map(
      ({ 1: indent = "", 2: name = "", index }) => ({
        name: `${before}${name}`.toUpperCase(),
        at: source.at(end + index + indent.length),
      }),
    );
  });
}
