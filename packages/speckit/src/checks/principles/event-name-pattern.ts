/** Whether a name of an event keeps to a pattern. */
export type KeepsPattern = (event: string) => boolean;

const styles: readonly (readonly [RegExp, RegExp])[] = [
  [/^kebab-case$/i, /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/],
  [/^(?:screaming|upper)_snake_case$/i, /^[A-Z][A-Z\d]*(?:_[A-Z\d]+)*$/],
  [/^snake_case$/i, /^[a-z][a-z\d]*(?:_[a-z\d]+)*$/],
  [/^camelCase$/i, /^[a-z][a-z\d]*(?:[A-Z][a-z\d]*)*$/],
  [/^(?:pascalcase|uppercamelcase)$/i, /^(?:[A-Z][a-z\d]*)+$/],
  [/^dot(?:\.case|-separated| notation)$/i, /^[a-z][\w-]*(?:\.[a-z][\w-]*)+$/],
];
const separators = /[.:/_-]/;
const word = "[a-z][a-z\\d]*(?:[-_][a-z\\d]+)*";

/**
 * Turns what a constitution says about names of events into a test: parts such as `domain.entity.action`, a style such as `kebab-case`,
 * `^a regular expression$`, or a name given as an example. A trailing version (`order.created.v2`) is part of no pattern and always allowed.
 */
export function eventNamePattern(pattern: string): KeepsPattern {
  const expression = patternOf(pattern);
  return (event) => expression.test(event) || expression.test(event.replace(/[.:/_-]v\d+$/, ""));
}

function patternOf(pattern: string): RegExp {
  if (/^\^.*\$$/.test(pattern)) return compiled(pattern);
  const style = styles.find(([name]) => name.test(pattern))?.[1];
  if (style) return style;
  const bare = pattern.replace(/[{}<>[\]()\s]/g, "");
  const separator = separators.exec(bare)?.[0];
  return separator === undefined ? /^(?:[A-Z][a-z\d]*)+$/ : parts(bare.split(separator), separator);
}

/** A pattern with a mistake in it turns nothing away: the mistake is the constitution's. */
function compiled(pattern: string): RegExp {
  try {
    return new RegExp(pattern, "u");
  } catch {
    return /^/;
  }
}

function parts(names: readonly string[], separator: string): RegExp {
  const sign = separator.replace(/[.\\/-]/, "\\$&");
  const version = names.findIndex((name) => /^(?:version|v\d+)$/i.test(name));
  const count = names.length - (version === -1 ? 0 : 1);
  // `order.created`: the entity is left out where it is the domain's own.
  const least = names.some((name) => /^(?:entity|aggregate)$/i.test(name)) && count > 2 ? count - 1 : count;
  const first = names[0] ?? "";
  const upper = first === first.toUpperCase() && first !== first.toLowerCase();
  const part = upper
    ? "[A-Z][A-Z\\d]*"
    : /^[A-Z]/.test(first)
      ? "[A-Z][A-Za-z\\d]*"
      : /[-_]/.test(separator)
        ? "[a-z][a-z\\d]*"
        : word;
  // Where words and parts are joined by the same sign nobody can count the parts.
  const most = /[-_]/.test(separator) ? "" : String(count - 1);
  return new RegExp(
    `^${part}(?:${sign}${part}){${least - 1},${most}}${version === -1 ? "" : `${sign}v?\\d+`}$`,
  );
}
