/** Names of secrets and personal data, wherever a service writes them; without case, `-` and `_`. */
const hidden = new Set([
  "password",
  "newpassword",
  "passwordhash",
  "token",
  "accesstoken",
  "refreshtoken",
  "resettoken",
  "secret",
  "authorization",
  "cookie",
  "setcookie",
  "email",
  "accountemail",
  "customeremail",
  "firstname",
  "lastname",
  "recipient",
]);

const censored = "[redacted]";
/** What is logged is shallow; deeper than this it is somebody's whole object. */
const deepest = 6;

/**
 * A copy in which the values of secrets and personal data are replaced, so that a log still says that there was one. The names decide, at any
 * depth. Values that hide nothing are not copied.
 */
export function redact(value: Record<string, unknown>): Record<string, unknown> {
  return redacted(value, 0) as Record<string, unknown>;
}

function redacted(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  // An error is written by its own serializer.
  if (value instanceof Error || value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return "[bytes]";
  if (depth > deepest) return censored;
  if (Array.isArray(value)) return value.map((inner) => redacted(inner, depth + 1));
  let copy: Record<string, unknown> | undefined;
  for (const name in value) {
    const inner = (value as Record<string, unknown>)[name];
    const shown =
      isHidden(name) && inner !== undefined && inner !== null ? censored : redacted(inner, depth + 1);
    if (shown === inner) continue;
    copy ??= { ...value };
    copy[name] = shown;
  }
  return copy ?? value;
}

// Few names occur in logs, again and again.
const known = new Map<string, boolean>();

function isHidden(name: string): boolean {
  const answer = known.get(name);
  if (answer !== undefined) return answer;
  const hides = hidden.has(name.toLowerCase().replace(/[-_]/g, ""));
  if (known.size < 1000) known.set(name, hides);
  return hides;
}
