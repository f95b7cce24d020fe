import type { Kysely, Transaction } from "kysely";
import { sql } from "kysely";
import type { ImageFormat } from "../domain/image-format.ts";
import type { UserTables } from "./migrations.ts";

/** What is known about an avatar, without the image. */
export interface AvatarDetails {
  readonly imageFormat: ImageFormat;
  readonly sizeBytes: number;
  readonly updatedAt: Date;
}

/** Stores the image as the avatar of a profile, in the place of the one before. Undefined when there is no profile. */
export async function saveAvatar(
  db: Kysely<UserTables>,
  userId: string,
  {
    image,
    imageFormat,
    updatedAt,
  }: { readonly image: Buffer; readonly imageFormat: ImageFormat; readonly updatedAt: Date },
): Promise<AvatarDetails | undefined> {
  // The profile stays locked until the image is stored: a deletion comes before it, and then there is no profile, or after it.
  const { rows } = await sql`
    INSERT INTO avatars (user_id, image_format, image, size_bytes, updated_at)
    SELECT user_id, ${imageFormat}, ${image}, ${image.length}, ${updatedAt}::timestamptz
    FROM (SELECT user_id FROM profiles WHERE user_id = ${userId} AND deleted_at IS NULL FOR SHARE) AS owner
    ON CONFLICT (user_id) DO UPDATE SET
      image_format = excluded.image_format, image = excluded.image,
      size_bytes = excluded.size_bytes, updated_at = excluded.updated_at
    RETURNING user_id`.execute(db);
  return rows.length === 0 ? undefined : { imageFormat, sizeBytes: image.length, updatedAt };
}

export async function findAvatar(
  db: Kysely<UserTables>,
  userId: string,
): Promise<{ readonly imageFormat: ImageFormat; readonly image: Buffer } | undefined> {
  return db
    .selectFrom("avatars")
    .select(["image_format as imageFormat", "image"])
    .where("user_id", "=", userId)
    .executeTakeFirst();
}

export async function deleteAvatar(trx: Transaction<UserTables>, userId: string): Promise<void> {
  await trx.deleteFrom("avatars").where("user_id", "=", userId).execute();
}
