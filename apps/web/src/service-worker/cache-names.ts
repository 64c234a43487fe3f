/** Pictures of members: private, so signing out empties it. */
export const PICTURE_CACHE = 'parley-pictures'
export const ASSET_CACHE = 'parley-assets'
