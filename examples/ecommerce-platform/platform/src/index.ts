export { DataFolderInUse } from "./data-folder.ts";
export { type Inbox, type InboxOptions, startInbox } from "./inbox/start-inbox.ts";
export { PortInUse } from "./ports.ts";
export { removeShop } from "./remove-shop.ts";
export type { ShopProcess } from "./shop-process.ts";
export { type Platform, type PlatformOptions, startPlatform } from "./start-platform.ts";
