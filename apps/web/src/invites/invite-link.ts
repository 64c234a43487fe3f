/** The address that an invited person opens. The token travels behind the #, which no server's log sees. */
export const inviteLink = (token: string) => `${location.origin}/join#${token}`
