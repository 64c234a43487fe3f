/** A typing signal fades on its own after this many milliseconds (Y10); clients repeat it while the person types. */
export const TYPING_EXPIRES_AFTER = 6_000
