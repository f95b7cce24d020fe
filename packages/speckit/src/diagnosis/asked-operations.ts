import type { Operation } from "../model/contract.ts";
import type { Service, Workspace } from "../model/workspace.ts";
import type { ErrorReport, ErrorRequest } from "./error-report.ts";
import { literally } from "./literally.ts";
import { hasWord } from "./touched.ts";

/** Operations that the error's requests were meant for. */
export function askedOperations(
  { services }: Workspace,
  { requests, text }: ErrorReport,
): { service: Service; operation: Operation }[] {
  const all = services.flatMap((service) =>
    service.apis.flatMap((api) =>
      api.operations.map((operation) => ({ service, operation, bases: ["", ...api.basePaths] })),
    ),
  );
  const asked = requests.flatMap((request) => {
    const fitting = all.filter(({ operation, bases }) =>
      bases.some((base) => fits(request, operation, base)),
    );
    // `/orders/mine` is an operation of its own beside `/orders/{orderId}`.
    const exact = fitting.filter(({ operation }) => !operation.path.includes("{"));
    return exact.length > 0 ? exact : fitting;
  });
  const named = all.filter(
    ({ operation: { operationId } }) =>
      operationId !== undefined && /[a-z][A-Z]/.test(operationId) && hasWord(text, operationId),
  );
  return [...new Set([...asked, ...named].map(({ operation }) => operation))].flatMap(
    (operation) => all.find((one) => one.operation === operation) ?? [],
  );
}

function fits({ method, path }: ErrorRequest, operation: Operation, base: string): boolean {
  if (method !== undefined && method !== operation.method) return false;
  const pattern = (base + operation.path)
    .split(/\{[^}]*\}/)
    .map(literally)
    .join("[^/]+");
  return new RegExp(`^${pattern}/?$`).test(path);
}
