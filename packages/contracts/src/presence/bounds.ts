export const PRESENCE_WATCH_MAX = 500
