import type { HealthCheck } from "@speckit/service-kit";

/** Something that can be asked whether it answers. */
export interface Checked {
  check(): Promise<void>;
}

/** What health asks beside database and bus. The copy of the revocation list speeds things up; without one the database is the list. */
export function healthChecks(database: Checked, copy?: Checked): Record<string, HealthCheck> {
  return { revocationList: { check: () => (copy ?? database).check(), readiness: false } };
}
