/** Products are changed, and reservations seen, by administrators only. Roles are those that hold now, as auth-service says. */
export function isAdministrator(roles: readonly string[]): boolean {
  return roles.includes("administrator");
}
