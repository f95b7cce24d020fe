/** Customers have to do with their own orders, administrators with all. */
export function mayAccess(
  caller: { readonly userId: string; readonly roles: readonly string[] },
  order: { readonly userId: string },
): boolean {
  return order.userId === caller.userId || caller.roles.includes("administrator");
}
