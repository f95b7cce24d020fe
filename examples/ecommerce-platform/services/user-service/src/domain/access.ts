interface Caller {
  readonly userId: string;
  readonly roles: readonly string[];
}

/** Whether somebody may see and change what belongs to a user: the user, and administrators. Ids are UUIDs in either case. */
export function mayTouch({ userId, roles }: Caller, ownerId: string): boolean {
  return userId.toLowerCase() === ownerId.toLowerCase() || roles.includes("administrator");
}
