import { type Kysely, sql } from "kysely";
import type { OrderTables } from "./migrations.ts";

/** What user-service says of a user. Names are null once the profile is deleted. */
export interface ProfileNews {
  readonly userId: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** Grows by one with each change of the profile. */
  readonly profileVersion: number;
}

/** Keeps the news unless this version or a newer one is known, so news may come twice and in any order. */
export async function rememberUser(db: Kysely<OrderTables>, news: ProfileNews): Promise<void> {
  await sql`
    INSERT INTO user_cache (user_id, first_name, last_name, profile_version)
    VALUES (${news.userId}, ${news.firstName}, ${news.lastName}, ${news.profileVersion})
    ON CONFLICT (user_id) DO UPDATE
      SET (first_name, last_name, profile_version)
        = (excluded.first_name, excluded.last_name, excluded.profile_version)
      WHERE user_cache.profile_version < excluded.profile_version`.execute(db);
}
