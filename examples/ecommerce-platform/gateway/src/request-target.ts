// RFC 3986, section 3.3, without the characters and encodings that servers read differently from one another: `;` begins parameters for
// some, an encoded `/`, `\`, `.`, `%`, `;` or control character is decoded once more by others.
const segment = String.raw`(?:[A-Za-z0-9\-._~!$&'()*+,=:@]|%(?![01]|2[eEfF5]|5[cC]|3[bB]|7[fF])[0-9A-Fa-f]{2})+`;
const plainPath = new RegExp(`^(?:/(?!\\.{1,2}(?:/|$))${segment})+$`);
const plainQuery = /^[!-~]*$/;

/**
 * Whether all servers on the way read the target of a request alike: a path from `/` on without empty, `.` or `..` segments, then perhaps a
 * query. Only such targets are routed and forwarded.
 */
export function isPlainTarget(target: string): boolean {
  const [path = "", query = ""] = splitAtQuery(target);
  return plainPath.test(path) && plainQuery.test(query) && !query.includes("#");
}

function splitAtQuery(target: string): [string, string] {
  const mark = target.indexOf("?");
  return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}
