/** Pictures of members: private, so signing out empties it. */
export const PICTURE_CACHE = 'parley-pictures'
export const ASSET_CACHE = 'parley-assets'
/** Whose pushes this browser takes; signing out empties it. */
export const PUSH_CACHE = 'parley-push'
/** In it: the id of the session. */
export const PUSH_OWNER = '/push-owner'
