import type { Migration } from "@speckit/service-kit";
import type { ImageFormat } from "../domain/image-format.ts";

/** The tables of user_db; those of service-kit (outbox, inbox) stand beside them. */
export interface UserTables {
  profiles: {
    user_id: string;
    first_name: string | null;
    last_name: string | null;
    email: string | null;
    profile_version: number;
    created_at: Date | null;
    updated_at: Date | null;
    deleted_at: Date | null;
  };
  avatars: {
    user_id: string;
    image_format: ImageFormat;
    image: Buffer;
    size_bytes: number;
    updated_at: Date;
  };
}

export const migrations: readonly Migration[] = [
  {
    id: "001-profiles",
    // A deleted profile keeps its row, so that a profile made again continues the count of versions, and nothing else.
    sql: `CREATE TABLE profiles (
            user_id uuid PRIMARY KEY,
            first_name text,
            last_name text,
            email text,
            profile_version bigint NOT NULL CHECK (profile_version > 0),
            created_at timestamptz,
            updated_at timestamptz,
            deleted_at timestamptz,
            CHECK (num_nulls(first_name, last_name, email, created_at, updated_at) = CASE WHEN deleted_at IS NULL THEN 0 ELSE 5 END)
          )`,
  },
  {
    id: "002-avatars",
    // Images are compressed already; trying again would only cost time.
    sql: `CREATE TABLE avatars (
            user_id uuid PRIMARY KEY REFERENCES profiles,
            image_format text NOT NULL CHECK (image_format IN ('png', 'jpeg', 'webp')),
            image bytea NOT NULL,
            size_bytes integer NOT NULL CHECK (size_bytes = octet_length(image) AND size_bytes BETWEEN 1 AND 2097152),
            updated_at timestamptz NOT NULL
          );
          ALTER TABLE avatars ALTER COLUMN image SET STORAGE EXTERNAL`,
  },
];
