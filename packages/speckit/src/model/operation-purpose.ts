import type { Operation } from "./contract.ts";

/** How findings name an operation: `POST /api/v1/orders`. */
export function nameOf({ method, path }: Pick<Operation, "method" | "path">): string {
  return `${method} ${path}`;
}

const operationalSegments =
  /^(?:health|healthz|healthcheck|health-check|live|livez|liveness|ready|readyz|readiness|startup|status|ping|metrics|prometheus|actuator|info|version|docs|api-docs|openapi|swagger|swagger-ui|redoc|favicon|robots|jwks)$/i;

/** What runs a service rather than what it is for: health, metrics, its own documentation, `/.well-known/…`. Not versioned, and open to all. */
export function isOperational(path: string): boolean {
  const segments = path.split("/").filter(Boolean);
  if (segments.includes(".well-known")) return true;
  const words = segments.map((segment) => segment.replace(/\.(?:json|ya?ml|txt|ico|html)$/i, ""));
  const first = words.findIndex((word) => !/^(?:api|v\d+|internal)$/i.test(word));
  if (first === -1) return segments.length === 0;
  return operationalSegments.test(words[first] ?? "") || /^(?:jwks|healthz?)$/i.test(words.at(-1) ?? "");
}

/** Health, liveness and readiness: what an orchestrator asks a service. */
export function isHealth(path: string): boolean {
  return isOperational(path) && /(?:health|live|ready|readiness|startup|ping)/i.test(path);
}

const beforeSignIn = new RegExp(
  `^(?:${[
    "(?:log|sign)-?in",
    "sign-?up|register|registration",
    "o?auth2?|oidc|sso",
    "(?:access-|refresh-)?tokens?|refresh-?token",
    "authenticate|introspect",
    "(?:forgot|forgotten|reset|recover)-?password|password-(?:reset|recovery|forgot)s?",
    "(?:verify|confirm)-?email",
    "magic-?links?|otp|csrf",
    "callbacks?|web-?hooks?",
  ].join("|")})$`,
  "i",
);

/** Whether a caller needs the operation in order to get, renew or prove a credential, so that none can be asked for: sign-in, password reset, callbacks. */
export function isBeforeSignIn(path: string): boolean {
  return path.split(/[/:]/).some((segment) => beforeSignIn.test(segment));
}
