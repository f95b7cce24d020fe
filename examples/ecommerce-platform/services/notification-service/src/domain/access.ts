/** Who asks. Roles are those that hold now, as auth-service says. */
interface Reader {
  readonly userId: string;
  readonly roles: readonly string[];
}

/** Administrators see everybody's mails. */
export function isAdministrator(roles: readonly string[]): boolean {
  return roles.includes("administrator");
}

/** Everybody sees their own mails. */
export function mayRead(reader: Reader, entry: { readonly userId: string }): boolean {
  return entry.userId === reader.userId || isAdministrator(reader.roles);
}
