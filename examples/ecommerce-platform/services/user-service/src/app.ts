import type { Database, Handlers, Outbox } from "@speckit/service-kit";
import { createUserProfileHandler } from "./routes/create-user-profile.ts";
import { deleteUserProfileHandler } from "./routes/delete-user-profile.ts";
import { getAvatarHandler } from "./routes/get-avatar.ts";
import { getUserProfileHandler } from "./routes/get-user-profile.ts";
import { replaceUserProfileHandler } from "./routes/replace-user-profile.ts";
import { uploadAvatarHandler } from "./routes/upload-avatar.ts";
import type { UserTables } from "./store/migrations.ts";

/** What the operations need. */
export interface Dependencies {
  readonly database: Pick<Database<UserTables>, "db" | "transaction">;
  readonly outbox: Outbox;
  readonly clock: () => Date;
}

/** One handler for each operation of contracts/api-spec.yaml; service-kit refuses to start with others. */
export function userHandlers(dependencies: Dependencies): Handlers {
  return {
    createUserProfile: createUserProfileHandler(dependencies),
    getUserProfile: getUserProfileHandler(dependencies),
    replaceUserProfile: replaceUserProfileHandler(dependencies),
    deleteUserProfile: deleteUserProfileHandler(dependencies),
    uploadAvatar: uploadAvatarHandler(dependencies),
    getAvatar: getAvatarHandler(dependencies),
  };
}
