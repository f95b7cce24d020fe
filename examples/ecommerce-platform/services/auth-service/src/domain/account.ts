/** What an account may do. Everybody who registers is a customer; no operation changes roles. */
export type Role = "customer" | "administrator";

/** Who a token speaks for. */
export interface TokenOwner {
  readonly userId: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

export const rolesOfCustomer: readonly Role[] = ["customer"];
export const rolesOfAdministrator: readonly Role[] = ["customer", "administrator"];

/** The one form under which an address is stored and looked up: mail servers treat both cases alike in practice. */
export function sameForAllCases(email: string): string {
  return email.toLowerCase();
}

const shortestPassword = 12;

/** Says whether a new password is long enough, counted in characters as JSON Schema's `minLength` does. */
export function isLongEnough(password: string): boolean {
  return [...password].length >= shortestPassword;
}
