import type { Platform } from "./start-platform.ts";

/**
 * Whether the administrator gets in with the password that the platform knows. An account that exists already keeps the one it has: that may
 * come from another data folder on the same servers, or have been changed since. Only asking tells; what was opened for it is closed again.
 */
export async function administratorCanLogIn({
  administrator,
  services,
}: Pick<Platform, "administrator" | "services">): Promise<boolean> {
  const url = services.get("auth-service")?.url;
  const ask = (path: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}/api/v1/auth/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    });
  try {
    const answer = await ask("login", administrator);
    if (answer.status !== 200) return false;
    const { data } = (await answer.json()) as { data: { accessToken: string; refreshToken: string } };
    const { accessToken, refreshToken } = data;
    await ask("logout", { refreshToken }, { authorization: `Bearer ${accessToken}` });
    return true;
  } catch {
    return false;
  }
}
