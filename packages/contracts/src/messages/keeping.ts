/** After so many seconds messages of a chat may be set to disappear: 24 hours, 7 and 90 days. */
export const DISAPPEAR_AFTER = [86_400, 604_800, 7_776_000] as const
